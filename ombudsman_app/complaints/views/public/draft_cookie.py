"""The cookie by which a phone finds its draft again. It opens this draft and nothing else."""

from typing import TypeVar

from flask import current_app, g, request
from werkzeug.wrappers import Response

from ombudsman_app.complaints import queries
from ombudsman_app.complaints.models import DRAFT_LASTS
from ombudsman_app.core.config import Settings

Answer = TypeVar("Answer", bound=Response)
_TOKEN_LENGTH = 43  # 256 bits in base64


def _name() -> str:
    settings: Settings = current_app.extensions["settings"]
    return "__Host-draft" if settings.is_https else "draft"


def draft_token() -> str | None:
    """Return the token that the phone shows, or None."""
    token = request.cookies.get(_name(), "")
    return token if len(token) == _TOKEN_LENGTH and token.isascii() else None


def current_draft() -> queries.OpenDraft | None:
    """Return the living draft of this phone, opened. At most 1 statement per request."""
    if "draft" not in g:
        token = draft_token()
        g.draft = queries.draft_of(token) if token else None
    draft: queries.OpenDraft | None = g.draft
    return draft


def remember_draft(response: Answer, token: str) -> Answer:
    """Give the phone its token, for as long as the draft lasts."""
    response.set_cookie(
        _name(),
        token,
        max_age=int(DRAFT_LASTS.total_seconds()),
        httponly=True,
        samesite="Lax",
        path="/",
        secure=_name().startswith("__Host-"),
    )
    return response


def drop_draft(response: Answer) -> Answer:
    """Take the token back."""
    is_https = _name().startswith("__Host-")
    response.delete_cookie(_name(), path="/", secure=is_https, httponly=True, samesite="Lax")
    return response
