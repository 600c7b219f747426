"""A file that arrives while something dies or the disk is full: whole and once; what came is kept (FB1)."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from ombudsman_app.attachments.commands import finish_whole_uploads, opened_bytes
from ombudsman_app.attachments.models import Attachment, AttachmentState, Upload
from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.models import Job, JobState

from ..attachments.sender import PIECE, Sender
from ..attachments.test_look_at_evidence import photo
from ..children import child_server
from ..core.test_jobs import make_due, stored
from ..house.service import wait_until
from ..visitor import Visitor
from ..wizard import Wizard
from .programs import running

CONTENT = bytes(range(256)) * 2500  # two whole pieces and a part
WHOLE = hashlib.sha256(CONTENT).hexdigest()

# One piece, in a process of its own that dies where the environment says.
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
content = Path(told["content"]).read_bytes()
answer = client.patch(told["address"], data=content[told["offset"]:], headers={
    "Tus-Resumable": "1.0.0", "Upload-Offset": str(told["offset"]), "X-CSRF-Token": told["token"],
    "Content-Type": "application/offset+octet-stream"})
print(answer.status_code, answer.headers.get("Upload-Offset"))
"""
POINTS = (
    "upload.written", "upload.synced", "_advance.before_commit", "_advance.committed", "upload.closed",
    "upload.adopted", "_become_attachment.before_commit", "_become_attachment.committed",
)  # fmt: skip


@pytest.fixture
def reporter(visitor: Visitor) -> Visitor:
    Wizard(visitor).begin()
    visitor.get("/lapor/layanan")
    return visitor


def send_and_die(app: Flask, sender: Sender, folder: Path, at: str) -> int:
    settings, visitor = app.extensions["settings"], sender.visitor
    cookies = {name: visitor.client.get_cookie(name) for name in ("draft", "sid")}
    content = folder / "content"
    content.write_bytes(CONTENT)
    told = {
        "data": str(settings.data_dir),
        "url": settings.database_url,
        "cookies": {name: cookie.value for name, cookie in cookies.items() if cookie},
        "token": visitor.token(),
        "address": sender.address,
        "offset": sender.offset(),
        "content": str(content),
    }
    done = subprocess.run(
        [sys.executable, "-c", SENDER],
        input=json.dumps(told),
        text=True,
        env={**os.environ, "OMBUDSMAN_TEST_CRASH_AT": at},
        timeout=120,
        check=False,
        capture_output=True,
    )
    return done.returncode


def files(app: Flask) -> list[Attachment]:
    with app.app_context():
        return list(db.session.scalars(select(Attachment)))


@pytest.mark.parametrize("at", POINTS)
def test_given_a_process_that_dies_at_each_point_when_sent_on_then_the_file_is_there_once(
    app: Flask, reporter: Visitor, tmp_path_factory: pytest.TempPathFactory, at: str
) -> None:
    sender = Sender(reporter, "foto.jpg", CONTENT)
    sender.create()
    assert send_and_die(app, sender, tmp_path_factory.mktemp("sent"), at) == 137

    assert sender.patch(0, CONTENT[:PIECE]).status_code in (204, 409, 410), "its answer was lost: once more"
    offset = sender.offset()
    assert offset % PIECE == 0 or offset == len(CONTENT), "whole pieces alone are acknowledged"
    if offset == len(CONTENT):  # the sender believes that it is done; the house finishes it
        with app.app_context():
            finish_whole_uploads()
    while offset < len(CONTENT):
        answer = sender.patch(offset, CONTENT[offset : offset + PIECE])
        assert answer.status_code == 204
        offset = int(answer.headers["Upload-Offset"])

    (found,) = files(app)
    assert found.sha256 == WHOLE
    with app.app_context():
        assert b"".join(opened_bytes(found, "0")) == CONTENT
        jobs = db.session.scalars(select(Job.kind).where(Job.kind == "attachments.check")).all()
        assert len(jobs) == 1


@pytest.mark.parametrize(
    "at", ["store.written", "store.renamed", "check.stored", "_say.before_commit", "_say.committed"]
)
def test_given_a_check_that_dies_at_each_point_when_done_again_then_one_verdict_stands(
    app: Flask, reporter: Visitor, at: str
) -> None:
    Sender(reporter, "foto.jpg", photo()).send()
    with app.app_context():
        (uuid,) = db.session.scalars(select(Job.uuid).where(Job.kind == "attachments.check")).all()
        db.session.rollback()
        folder = app.extensions["settings"].run_dir
        folder.mkdir(exist_ok=True)
        with child_server(folder, "parse"):
            with running(app, "runner", crash_at=at):
                wait_until(
                    lambda: stored(uuid).attempts == 1 and stored(uuid).state is not JobState.RUNNING, why=at
                )
            if stored(uuid).state is JobState.WAITING:
                make_due(uuid)
            with running(app, "runner"):
                wait_until(lambda: stored(uuid).state is JobState.DONE, why="done")
    (found,) = files(app)
    assert found.state is AttachmentState.READY
    assert reporter.client.get(f"/berkas/{found.uuid}").status_code == 200


def test_given_two_who_send_the_same_piece_then_one_is_told_to_ask_again(
    app: Flask, reporter: Visitor
) -> None:
    import fcntl

    sender = Sender(reporter, "foto.jpg", CONTENT)
    sender.create()
    with app.app_context():
        upload = db.session.scalars(select(Upload)).one()
    path = app.extensions["settings"].data_dir / "arriving" / upload.uuid.hex
    path.parent.mkdir(exist_ok=True)
    path.touch(mode=0o600)
    with path.open("rb") as busy:
        fcntl.flock(busy, fcntl.LOCK_EX)
        assert sender.patch(0, CONTENT[:PIECE]).status_code == 423
    assert sender.patch(0, CONTENT[:PIECE]).status_code == 204
    assert sender.patch(0, CONTENT[:PIECE]).status_code == 409
