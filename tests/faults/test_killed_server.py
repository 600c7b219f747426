"""A web process is killed while phones send (FB1): the acknowledged is there once, the rest can follow."""

import http.client
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import func, select

from ombudsman_app.complaints.models import Complaint, ComplaintStep, ReporterIdentity
from ombudsman_app.core.db import db
from ombudsman_app.core.trail import record as trail

from ..visitor import Visitor
from ..wizard import Wizard
from .conftest import Serve

FORM = "application/x-www-form-urlencoded"


def ready_to_send(visitor: Visitor) -> tuple[dict[str, str], str]:
    """Fill in everything; return the headers of this phone and the body that its last button sends."""
    Wizard(visitor).answer_all()
    visitor.get("/lapor/periksa")
    cookies = [visitor.client.get_cookie(name) for name in ("sid", "draft")]
    shown = "; ".join(f"{cookie.key}={cookie.value}" for cookie in cookies if cookie)
    headers = {"Host": "localhost", "Cookie": shown, "Content-Type": FORM}
    return headers, urlencode({"csrf_token": visitor.token()})


def send(port: int, headers: dict[str, str], body: str) -> int | None:
    """Return the status, None where nobody answered."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("POST", "/lapor/periksa", body, headers)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def stored(app: Flask) -> set[int]:
    with app.app_context():
        assert trail.verify()[1] is None
        return {
            db.session.scalar(select(func.count()).select_from(table)) or 0
            for table in (Complaint, ReporterIdentity, ComplaintStep)
        }


def test_given_kill_9_between_phones_then_each_acknowledged_complaint_is_there_once(
    app: Flask, serve: Serve
) -> None:
    phones = [ready_to_send(Visitor(app, f"203.0.113.{number}")) for number in range(20, 26)]
    process, port = serve()
    before = [send(port, *phone) for phone in phones[:3]]
    process.kill()
    process.wait()
    assert [send(port, *phone) for phone in phones[3:]] == [None] * 3
    assert before == [302] * 3
    assert stored(app) == {3}

    _process, port = serve()
    assert [send(port, *phone) for phone in phones] == [302] * 6, "the first three get the same receipt"
    assert stored(app) == {6}
