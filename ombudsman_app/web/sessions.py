"""The session cookie: who it names is looked up when somebody asks, and written when somebody writes.

Two forms, `a.<seed>` and `s.<token>.<seed>`. Form tokens are bound to the seed alone, so a page with a
form needs no row and no statement, and pages that stand open survive the step from the first to the
second. Only `<token>` opens a session; it and the seed are new after each sign-in (AU5, AU6).
"""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, cast

from flask import Flask, Request, Response
from flask.globals import request_ctx
from flask.sessions import SessionInterface, SessionMixin
from sqlalchemy.exc import SQLAlchemyError

from ombudsman_app.core import sessions
from ombudsman_app.core.clock import now
from ombudsman_app.core.config import Settings
from ombudsman_app.core.db import db, write_aside
from ombudsman_app.core.logs import logger
from ombudsman_app.core.sealing import random_token

from .client import browser_family

_RANDOM = "[A-Za-z0-9_-]{43}"
_COOKIE = re.compile(rf"(?:a|s\.(?P<token>{_RANDOM}))\.(?P<seed>{_RANDOM})")


class BrowserSession(SessionMixin):
    """`flask.session`: a dict whose row is read at the first look. Values are JSON; None means absent."""

    def __init__(self, cookie: str) -> None:
        parts = _COOKIE.fullmatch(cookie)
        self._begin(parts["token"] if parts else None, parts["seed"] if parts else None)
        self.presented_seed: str | None = self.seed

    def _begin(self, token: str | None = None, seed: str | None = None) -> None:
        self.token, self.seed = token, seed
        self.presented_seed = None
        self.is_signed_out = self.is_new_to_browser = False
        self.modified = False
        self._is_read = False
        self._live: sessions.LiveSession | None = None
        self._values: dict[str, Any] = {}
        self._touched: set[str] = set()
        self.replaced: sessions.LiveSession | None = None  # ends when this one is written

    @property
    def live(self) -> sessions.LiveSession | None:
        """The row, if the cookie names one that holds. 1 statement, once."""
        if not self._is_read and self.token is not None:
            self._is_read = True
            self._live = sessions.find(self.token)
            self._values = json.loads(self._live.data) if self._live else {}
        return self._live

    @property
    def has_expired(self) -> bool:
        """Whether the browser still shows a session that has ended."""
        return self.token is not None and self.live is None

    @property
    def changes(self) -> dict[str, Any]:
        """What must be written. After `modified = True` everything: something inside a value changed."""
        names = {*self._touched, *self._values} if self.modified else self._touched
        return {name: self._values.get(name) for name in names}

    def renew(self, token: str) -> None:
        """Go on under another token and another seed; nothing of the old session is carried over."""
        self._begin(token, random_token())
        self.is_new_to_browser = True

    def change_token(self, token: str, *, is_proof: bool = True) -> None:
        """Go on in the same row under another token, after a proof or not. Open pages stay good."""
        if self.live is not None:
            proved_at = now() if is_proof else self.live.proved_at
            self._live = replace(self.live, token_hash=sessions.token_hash(token), proved_at=proved_at)
        self.token, self.is_new_to_browser = token, True

    def begin_anew(self) -> None:
        """Carry nothing over; what is put in next gets another row, token and seed (AU5).

        A cookie that somebody planted in this browser then opens nothing of what follows.
        """
        ended = self.live
        self._begin(None, random_token())
        self.replaced, self.is_new_to_browser = ended, True

    def forget_expired(self) -> bool:
        """Return whether the browser still shows a session that has ended, and let it forget that."""
        if not self.has_expired:
            return False
        self.token, self.is_new_to_browser = None, True
        return True

    def sign_out(self) -> None:
        """Forget everything; the answer takes the cookie away."""
        self._begin()
        self.is_signed_out = True

    def _all(self) -> dict[str, Any]:
        _ = self.live
        return self._values

    def __getitem__(self, name: str) -> Any:
        return self._all()[name]

    def __setitem__(self, name: str, value: Any) -> None:
        self._all()[name] = value
        self._touched.add(name)

    def __delitem__(self, name: str) -> None:
        del self._all()[name]
        self._touched.add(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())


class RowSessions(SessionInterface):
    """Reads the cookie at the beginning of a request and settles the row at its end."""

    def __init__(self, *, is_https: bool) -> None:
        self.cookie_name = "__Host-sid" if is_https else "sid"
        self.is_https = is_https

    def open_session(self, app: Flask, request: Request) -> BrowserSession:  # noqa: ARG002
        return BrowserSession(request.cookies.get(self.cookie_name, ""))

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:  # noqa: ARG002
        """Write what changed, in a short transaction of its own: session rows are no business data."""
        ours = cast(BrowserSession, session)
        if ours.changes:
            _write(ours)
        else:
            _touch(ours)
        if ours.is_new_to_browser or (ours.seed and ours.seed != ours.presented_seed):
            self._set(response, ours)
        elif ours.is_signed_out:
            response.delete_cookie(
                self.cookie_name, path="/", secure=self.is_https, httponly=True, samesite="Lax"
            )

    def _set(self, response: Response, session: BrowserSession) -> None:
        value = f"s.{session.token}.{session.seed}" if session.token else f"a.{session.seed}"
        response.set_cookie(
            self.cookie_name, value, path="/", secure=self.is_https, httponly=True, samesite="Lax"
        )


def _write(session: BrowserSession) -> None:
    """Keep the changes; a browser that had no row gets one, and the token of it."""
    live, changes = session.live, session.changes
    values = {name: value for name, value in changes.items() if value is not None}
    db.release()  # on SQLite one transaction writes at a time, and the command has long committed
    with write_aside() as aside:
        if session.replaced is not None:
            sessions.end(aside, session.replaced.token_hash)
        if live is not None:
            sessions.keep(aside, live, changes)
        elif values:
            session.token = sessions.start(aside, data=sessions.as_json(values), browser=browser_family())
            session.seed, session.is_new_to_browser = session.seed or random_token(), True


def _touch(session: BrowserSession) -> None:
    live = session._live  # only what somebody looked at: a page for everybody costs nothing
    if live is None or not sessions.is_touch_due(live):
        return
    db.release()
    try:
        with write_aside() as aside:
            sessions.touch(aside, live)
    except SQLAlchemyError as failed:
        logger.warning("session not touched", exc_info=failed)  # not worth the page that is ready


def init_sessions(app: Flask, settings: Settings) -> None:
    """Put our sessions in the place of Flask's."""
    app.session_interface = RowSessions(is_https=settings.is_https)


def browser_session() -> BrowserSession:
    """Return the session of this request."""
    return cast(BrowserSession, request_ctx._session)


def signed_in_user_id() -> int | None:
    """Return the id of the person who signed in with this browser. 0 or 1 statement."""
    live = browser_session().live
    return live.user_id if live else None


def session_token_presented() -> str | None:
    """Return the part of the cookie to which form tokens are bound, as the browser sent it."""
    return browser_session().presented_seed


def session_token_for_csrf() -> str:
    """Return the part to which form tokens are bound, making an anonymous cookie if there is none."""
    session = browser_session()
    session.seed = session.seed or random_token()
    return session.seed
