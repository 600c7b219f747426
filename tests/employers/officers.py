"""An officer at the door, beside rows that the test made in an application context of its own."""

from collections.abc import Mapping
from contextvars import Context
from typing import Any

from werkzeug.test import TestResponse

from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role

from ..factories.accounts import UserFactory
from ..visitor import Visitor


class Officer:
    """Sends requests as a browser does: none of them sees the context or the transaction of the test."""

    def __init__(self, visitor: Visitor, *roles: Role, office: str = "MAM") -> None:
        self._visitor = visitor.enter(UserFactory(*roles, password=None, office=office).id)

    def get(self, path: str) -> TestResponse:
        return self._apart(self._visitor.get, path)

    def submit(self, path: str, data: Mapping[str, Any]) -> TestResponse:
        """Send the form of a page with what is given, and follow to where it leads."""
        return self._apart(self._visitor.submit, path, data, follow_redirects=True)

    def _apart(self, ask: Any, *given: Any, **more: Any) -> TestResponse:
        db.session.rollback()  # the test holds no lock while a request writes
        answer: TestResponse = Context().run(ask, *given, **more)
        db.session.expire_all()
        return answer
