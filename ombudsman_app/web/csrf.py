"""Proof that a form was ours: a token bound to the session cookie, and the browser's own word (OU4)."""

import base64
import secrets
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, current_app, g, request
from wtforms.csrf.core import CSRF

from ombudsman_app.core.config import Settings
from ombudsman_app.core.errors import BadInput, RuleBroken
from ombudsman_app.core.sealing import hmac_hex, is_same

from .sessions import session_token_for_csrf, session_token_presented

FIELD = "csrf_token"
HEADER = "X-CSRF-Token"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_PAD_BYTES = 32


class FormTooOld(RuleBroken):
    """The token is missing or belongs to an ended session; what was typed is kept and sent again."""

    code = "form_too_old"


def init_csrf(app: Flask) -> None:
    """Check every unsafe request, whatever its view does."""
    app.before_request(_protect)


def _protect() -> None:
    if request.method in SAFE_METHODS:
        return
    if not _is_same_origin():
        raise BadInput(reason="foreign_form")
    given = request.headers.get(HEADER) or request.form.get(FIELD, "")
    session_token = session_token_presented()
    if session_token is None or not is_same(_unmask(given), _mac(session_token)):
        raise FormTooOld


def _is_same_origin() -> bool:
    """Believe the browser where it speaks. The host was compared with the trusted ones before (OU5)."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("Origin")
    if origin is None:
        return True
    try:
        parts = urlsplit(origin)
    except ValueError:  # such as "http://[::"
        return False
    return (parts.scheme, parts.netloc) == (_own_scheme(), request.host)


def _own_scheme() -> str:
    """Behind a proxy the public address says it, whether or not the proxy tells us."""
    settings: Settings = current_app.extensions["settings"]
    return urlsplit(settings.public_url).scheme if settings.proxy_hops else request.scheme


def csrf_token() -> str:
    """Return the token of this session, under a fresh mask so that compression tells nothing."""
    seed = session_token_for_csrf()
    if g.get("csrf_token_of") != seed:  # a sign-in in the middle of a request changes it
        g.csrf_token_of, mac = seed, bytes.fromhex(_mac(seed))
        pad = secrets.token_bytes(_PAD_BYTES)
        masked = bytes(left ^ right for left, right in zip(pad, mac, strict=True))
        g.csrf_token = base64.urlsafe_b64encode(pad + masked).decode()
    token: str = g.csrf_token
    return token


def _unmask(token: str) -> str:
    try:
        raw = base64.urlsafe_b64decode(token.encode("ascii"))
    except (ValueError, UnicodeEncodeError):
        return ""
    if len(raw) != 2 * _PAD_BYTES:
        return ""
    return bytes(left ^ right for left, right in zip(raw[:_PAD_BYTES], raw[_PAD_BYTES:], strict=True)).hex()


def _mac(session_token: str) -> str:
    return hmac_hex(session_token, purpose="csrf")


class SessionCSRF(CSRF):  # type: ignore[misc]  # WTForms has no types
    """Gives forms their hidden field; the check was made before the view."""

    def generate_csrf_token(self, _field: Any) -> str:
        return csrf_token()

    def validate_csrf_token(self, _form: Any, _field: Any) -> None:
        return None
