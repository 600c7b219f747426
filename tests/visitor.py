"""Somebody who visits: a client that checks every page it gets, whoever asked (`style.md` §8)."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.engine import Engine
from werkzeug.test import TestResponse

from ombudsman_app.core import sessions
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import write_aside
from ombudsman_app.core.sealing import random_token
from ombudsman_app.core.sessions import StoredSession
from ombudsman_app.web.csrf import csrf_token

from .pages import Page, check_page

FORM_FOR_EVERYBODY = "/lapor/hapus"
_NOT_COUNTED = re.compile(
    r"^\s*(BEGIN|COMMIT|ROLLBACK|SET (TRANSACTION|LOCAL)|SAVEPOINT|RELEASE)", re.IGNORECASE
)


class Visitor:
    """A browser without JavaScript. `queries` holds the statements of the last request."""

    def __init__(self, app: Flask, address: str = "203.0.113.7") -> None:
        self.app = app
        self.client: FlaskClient = app.test_client()
        self.address = address
        self.statements: list[str] = []
        self.page: Page | None = None

    @property
    def queries(self) -> int:
        return len(self.statements)

    def get(self, path: str, **more: Any) -> TestResponse:
        return self._open("GET", path, **more)

    def post(self, path: str, data: Mapping[str, Any] | None = None, **more: Any) -> TestResponse:
        """Send a form with the token of this session, as a browser would."""
        form = dict(data or {})
        if more.pop("with_token", True):
            form.setdefault("csrf_token", self.token())
        return self._open("POST", path, data=form, **more)

    def token(self) -> str:
        """Return the token of the page that is open; else any for the cookie that this browser holds.

        Without a cookie a page is fetched that has a form for everybody.
        """
        if self.page is not None and self.page.token:
            return self.page.token
        cookie = self.client.get_cookie("sid")
        if cookie is None:
            return Page(self._open("GET", FORM_FOR_EVERYBODY).text).token
        with self.app.test_request_context(headers={"Cookie": f"sid={cookie.value}"}):
            return csrf_token()

    def submit(self, path: str, data: Mapping[str, Any] | None = None, **more: Any) -> TestResponse:
        """Open the page, then send its form with what it already holds and what is given."""
        opened = Page(self.get(path).text)
        return self.post(path, {**opened.values, **(data or {})}, **more)

    def sign_in(self, user: Any, password: str | None = None) -> "Visitor":
        """Sign in by the door, as often as one likes within one time step of the code."""
        self.page = None
        answer = self.post("/staff/sign-in", self.sign_in_form(user, password))
        assert answer.status_code == 302, answer.text
        self.page = None
        return self

    def sign_in_form(self, user: Any, password: str | None = None) -> dict[str, str]:
        """Return what somebody types at the door, with a code that is good now."""
        from .factories.accounts import PASSWORD, code_for

        with self.app.app_context():
            code = code_for(user.id)
        return {"email": user.email, "password": password or PASSWORD, "code": code}

    def enter(self, user_id: int, *, proved_ago: timedelta = timedelta()) -> "Visitor":
        """Come in as somebody without the door: the product makes the session, the hash is spared.

        `proved_ago`: how long it is since password and code were given.
        """
        with self.app.app_context(), write_aside() as aside:
            token = sessions.start(aside, user_id=user_id)
            row = aside.query(StoredSession).filter_by(token_hash=sessions.token_hash(token)).one()
            row.proved_at = now() - proved_ago
        self.client.set_cookie("sid", f"s.{token}.{random_token()}")
        self.page = None
        return self

    def _open(self, method: str, path: str, **more: Any) -> TestResponse:
        self.statements = []

        def count(_c: Any, _cur: Any, statement: str, *_rest: Any) -> None:
            if not _NOT_COUNTED.match(statement):
                self.statements.append(statement)

        event.listen(Engine, "before_cursor_execute", count)
        try:
            answer = self.client.open(
                path, method=method, environ_overrides={"REMOTE_ADDR": self.address}, **more
            )
        finally:
            event.remove(Engine, "before_cursor_execute", count)
        if answer.mimetype == "text/html" and answer.status_code not in range(300, 400):
            self.page = check_page(self.app, path, answer)
        return answer
