"""How many statements a page costs: everything but transaction control (`design.md` §12)."""

import re
from typing import Any

from flask import Flask
from sqlalchemy import event
from werkzeug.test import TestResponse

from .serving import Request, WrongAnswer

_NOT_COUNTED = re.compile(r"^\s*(BEGIN|COMMIT|ROLLBACK|SET TRANSACTION|SAVEPOINT|RELEASE)", re.IGNORECASE)


def statements_of(app: Flask, request: Request) -> int:
    """Ask inside this process and count. Raises WrongAnswer.

    A page that is only read is asked twice: the first pays the touch of the session that is due each minute.
    """
    said: list[str] = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not _NOT_COUNTED.match(statement):
            said.append(statement)

    engine = app.extensions["engine"]
    if request.body is None:
        ask(app, request)
    event.listen(engine, "before_cursor_execute", listen)
    try:
        answer = ask(app, request)
    finally:
        event.remove(engine, "before_cursor_execute", listen)
    if answer.status_code != request.status:
        raise WrongAnswer(f"{request.path} answered {answer.status_code}, not {request.status}")
    return len(said)


def ask(app: Flask, request: Request) -> TestResponse:
    """Send one request inside this process."""
    return app.test_client(use_cookies=False).open(
        request.path,
        base_url=app.extensions["settings"].public_url,
        method="GET" if request.body is None else "POST",
        data=request.body,
        content_type=None if request.body is None else "application/x-www-form-urlencoded",
        headers={"Cookie": request.cookies},
    )
