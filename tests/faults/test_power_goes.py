"""Acknowledged means stored once, even if the process dies in the worst moment (FB1, FB5)."""

import json
import os
import subprocess
import sys

import pytest
from flask import Flask
from sqlalchemy import func, select

from ombudsman_app.complaints.models import Complaint, ComplaintClock, ReporterIdentity
from ombudsman_app.core.db import db
from ombudsman_app.core.trail import record as trail

from ..visitor import Visitor
from ..wizard import Wizard

# The last POST, in a process of its own that dies where the environment says.
SENDER = """
import json, sys
from pathlib import Path
from ombudsman_app.app import create_app
from ombudsman_app.core.config import Settings

told = json.load(sys.stdin)
app = create_app(Settings(data_dir=Path(told["data"]), database_url=told["url"], argon2_memory_kib=8))
client = app.test_client()
for name, value in told["cookies"].items():
    client.set_cookie(name, value)
answer = client.post("/lapor/periksa", data={"csrf_token": told["token"]})
print(answer.status_code, answer.location)
"""


def send_and_die(app: Flask, visitor: Visitor, at: str) -> subprocess.CompletedProcess[str]:
    visitor.get("/lapor/periksa")
    settings = app.extensions["settings"]
    cookies = {name: visitor.client.get_cookie(name) for name in ("draft", "sid")}
    told = {
        "data": str(settings.data_dir),
        "url": settings.database_url,
        "cookies": {name: cookie.value for name, cookie in cookies.items() if cookie},
        "token": visitor.token(),
    }
    with app.app_context():
        db.session.remove()
    return subprocess.run(
        [sys.executable, "-c", SENDER],
        input=json.dumps(told),
        capture_output=True,
        text=True,
        env={**os.environ, "OMBUDSMAN_TEST_CRASH_AT": at},
        timeout=120,
        check=False,
    )


def stored(app: Flask) -> tuple[int, int, int]:
    with app.app_context():
        return tuple(  # type: ignore[return-value]
            db.session.scalar(select(func.count()).select_from(table)) or 0
            for table in (Complaint, ReporterIdentity, ComplaintClock)
        )


@pytest.mark.parametrize(
    ("at", "kept"), [("send_draft.before_commit", (0, 0, 0)), ("send_draft.committed", (1, 1, 2))]
)
def test_given_the_power_goes_while_sending_when_sent_again_then_it_is_one_case(
    app: Flask, visitor: Visitor, at: str, kept: tuple[int, int, int]
) -> None:
    walker = Wizard(visitor)
    walker.answer_all()

    died = send_and_die(app, visitor, at)
    assert died.returncode == 137, died.stderr
    assert stored(app) == kept

    assert walker.send().location == "/lapor/terkirim"
    ticket, code = walker.receipt()
    assert ticket
    assert code
    assert stored(app) == (1, 1, 2)
    with app.app_context():
        assert trail.verify()[1] is None


def test_given_no_fault_then_the_sender_sends(app: Flask, visitor: Visitor) -> None:
    Wizard(visitor).answer_all()
    done = send_and_die(app, visitor, "")
    assert done.stdout.split()[-2:] == ["302", "/lapor/terkirim"], done.stderr
    assert stored(app) == (1, 1, 2)
