"""The disk is full wherever a file is written: a clear word, nothing half, and it goes on with room (FB1)."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, text

from ombudsman_app.app import create_app
from ombudsman_app.attachments.commands import append_piece, check_again, opened_bytes
from ombudsman_app.attachments.models import Attachment, AttachmentState, Upload
from ombudsman_app.complaints.models import Complaint
from ombudsman_app.core.children import FULL, ChildFailed, ask_in
from ombudsman_app.core.db import command, db
from ombudsman_app.core.jobs.claiming import claim
from ombudsman_app.core.jobs.models import Job, JobState
from ombudsman_app.core.jobs.outbox import enqueue
from ombudsman_app.core.jobs.work import perform
from ombudsman_app.core.policy import STRANGER, Role
from ombudsman_app.core.produced.models import ProducedFile
from ombudsman_app.core.sealing import keyring_from
from ombudsman_app.core.trail import record as trail
from ombudsman_app.core.trail.heads import LOG, contradicted, heads_in

from ..attachments.sender import PIECE, Sender
from ..attachments.test_look_at_evidence import photo
from ..children import STRANGE, child_server
from ..conftest import _Templates, settings_for
from ..core.test_jobs import make_due
from ..factories.accounts import UserFactory
from ..factories.directory import CounterFactory, OfficeFactory
from ..house.service import wait_until
from ..visitor import Visitor
from ..wizard import Wizard
from .disks import PAGE, Disk, disk

CONTENT = bytes(range(256)) * 2500  # two whole pieces and a part
FORM = {"owner": "draft", "back": "/lapor/harapan"}


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Disk]:
    """Everything that the house writes lies on one disk; the database on another."""
    with disk(tmp_path) as made:
        yield made


@pytest.fixture
def reporter(house: Disk, visitor: Visitor) -> Visitor:
    Wizard(visitor).begin()
    visitor.get("/lapor/layanan")
    return visitor


def data_dir(app: Flask) -> Path:
    folder: Path = app.extensions["settings"].data_dir
    return folder


def files(app: Flask) -> list[Attachment]:
    with app.app_context():
        return list(db.session.scalars(select(Attachment)))


def whole(app: Flask) -> bytes:
    (found,) = files(app)
    with app.app_context():
        return b"".join(opened_bytes(found, "0"))


def work(app: Flask, kind: str) -> Job:
    """Do the one job of a kind that waits, as a worker does, however long it should wait; return it."""
    with app.app_context():
        waiting = select(Job.uuid).where(Job.kind == kind, Job.state == JobState.WAITING)
        uuid = db.session.scalars(waiting).one()
        db.session.rollback()
        make_due(uuid)
        claimed = claim(uuid)
        assert claimed is not None
        db.session.remove()
        perform(app, claimed)
        return db.session.scalars(select(Job).where(Job.uuid == uuid)).one()


def ask(app: Flask, kind: str) -> None:
    with app.app_context():
        command(lambda: enqueue(kind, actor=STRANGER))()


def send_until_refused(sender: Sender, content: bytes) -> tuple[int, str]:
    """Send piece by piece; return how far it came, and why no further."""
    offset = 0
    while offset < len(content):
        answer = sender.patch(offset, content[offset : offset + PIECE])
        if answer.status_code != 204:
            assert answer.status_code == {"no_room": 507, "later": 503}[answer.get_json()["reason"]]
            assert len(answer.get_json()["message"]) > 20
            return offset, answer.get_json()["reason"]
        offset = int(answer.headers["Upload-Offset"])
    return offset, ""


def send_on(sender: Sender, content: bytes) -> int:
    """Send what is left; return how far it came."""
    offset = sender.offset()
    while offset < len(content):
        answer = sender.patch(offset, content[offset : offset + PIECE])
        assert answer.status_code == 204
        offset = int(answer.headers["Upload-Offset"])
    return offset


def test_given_pieces_that_find_no_room_then_what_came_stays_and_goes_on(
    house: Disk, app: Flask, reporter: Visitor
) -> None:
    sender = Sender(reporter, "foto.jpg", CONTENT)
    sender.create()
    house.fill(spare=PIECE + 10 * PAGE)
    offset, reason = send_until_refused(sender, CONTENT)
    assert reason == "no_room"
    assert sender.offset() == offset == PIECE
    assert sender.create().status_code == 201, "asking for the same again needs no room"
    assert Sender(reporter, "lagi.jpg", CONTENT).create().get_json()["reason"] == "no_room"
    house.make_room()
    assert send_on(sender, CONTENT) == len(CONTENT)
    assert digest(whole(app)) == files(app)[0].sha256 == digest(CONTENT)


def test_given_no_room_for_the_first_byte_then_it_says_so(house: Disk, app: Flask, reporter: Visitor) -> None:
    sender = Sender(reporter, "foto.jpg", CONTENT)
    sender.create()
    house.take_names()
    assert send_until_refused(sender, CONTENT) == (0, "no_room")
    house.give_names()
    house.fill()
    assert send_until_refused(sender, CONTENT) == (0, "no_room")
    assert sender.offset() == 0
    house.make_room()
    assert send_until_refused(sender, CONTENT) == (len(CONTENT), "")


def test_given_no_room_to_close_a_file_then_the_house_does_it_later(
    house: Disk, app: Flask, reporter: Visitor
) -> None:
    """The last page is full to its end, so that the mark of the end needs another one."""
    sender = Sender(reporter, "foto.jpg", CONTENT)
    sender.create(1)
    sender.patch(0, b"x")
    with app.app_context():
        seal = db.session.scalars(select(Upload.stored_bytes)).one() - 1
    content = CONTENT[: 3 * PAGE - seal]
    sender = Sender(reporter, "lain.jpg", content)
    sender.create()
    with app.app_context():
        upload = db.session.scalars(select(Upload).where(Upload.length == len(content))).one()
        append_piece(upload, 0, BytesIO(content))
    house.fill()
    for _time in range(2):
        answer = sender.patch(len(content), b"")
        assert (answer.status_code, answer.get_json()["reason"]) == (503, "later")
        assert int(answer.headers["Retry-After"]) > 0
    house.make_room()
    assert sender.patch(len(content), b"").headers["X-File"]
    assert [found.sha256 for found in files(app)] == [digest(b"x"), digest(content)]


@pytest.fixture
def full_store(app: Flask, reporter: Visitor) -> Iterator[Disk]:
    """The store lies on another disk than what arrives, so that a file is copied there."""
    with disk(data_dir(app) / "files") as made:
        yield made


def test_given_no_room_in_the_store_then_what_was_acknowledged_is_put_away_later_and_once(
    app: Flask, reporter: Visitor, full_store: Disk
) -> None:
    sender = Sender(reporter, "foto.jpg", CONTENT)
    sender.create()
    full_store.fill(spare=PIECE)
    assert send_until_refused(sender, CONTENT)[1] == "later"
    told = sender.ask("HEAD", sender.address)
    assert (told.headers["Upload-Offset"], told.headers.get("X-File")) == (str(len(CONTENT)), None)
    assert files(app) == []
    assert full_store.files() == set(), "nothing half is left"

    ask(app, "attachments.look_after")
    tried = work(app, "attachments.look_after")
    assert (tried.state, tried.reason) == (JobState.WAITING, "storage_full")
    full_store.make_room()
    assert work(app, "attachments.look_after").state is JobState.DONE
    assert sender.patch(len(CONTENT), b"").headers["X-File"] == str(files(app)[0].uuid)
    assert whole(app) == CONTENT


def test_given_one_file_that_finds_no_room_then_the_others_are_finished(
    app: Flask, reporter: Visitor, full_store: Disk
) -> None:
    contents = [CONTENT, CONTENT[:5000]]
    for number, content in enumerate(contents):
        Sender(reporter, f"{number}.jpg", content).create()
        with app.app_context():
            upload = db.session.scalars(select(Upload).where(Upload.length == len(content))).one()
            append_piece(upload, 0, BytesIO(content))
    full_store.fill(spare=4 * PAGE)
    ask(app, "attachments.look_after")
    assert work(app, "attachments.look_after").reason == "storage_full"
    assert whole(app) == contents[1]


def test_given_a_form_without_scripts_and_a_full_store_then_it_says_so_and_is_there_once(
    app: Flask, reporter: Visitor, full_store: Disk
) -> None:
    def send() -> str:
        form = {**FORM, "files": [(BytesIO(CONTENT[:90_000]), "satu.jpg")]}
        answer = reporter.post("/unggah/biasa", form, content_type="multipart/form-data")
        return answer.location or answer.text

    full_store.fill()
    assert "tidak ada ruang untuk berkas" in send()
    assert files(app) == []
    full_store.make_room()
    assert [send(), send()] == ["/lapor/harapan"] * 2
    assert whole(app) == CONTENT[:90_000]


def pages_of(path: Path) -> int:
    return -(-path.stat().st_size // PAGE)


@pytest.mark.parametrize("fits", ["nothing", "a part", "the copy alone", "all but the last"])
def test_given_no_room_for_the_checked_copies_then_the_check_waits_and_nothing_is_half(
    house: Disk, app: Flask, reporter: Visitor, fits: str
) -> None:
    with child_server(app.extensions["settings"].run_dir, "parse"):
        Sender(reporter, "sebelum.jpg", photo()).send()
        assert work(app, "attachments.check").state is JobState.DONE
        store = house.folder / "files"
        copy, preview, small = (pages_of(next(store.glob(f"*/*{part}"))) for part in "123")
        spare = {"nothing": 0, "a part": 1, "the copy alone": copy}.get(fits, copy + preview + small - 1)

        Sender(reporter, "foto.jpg", photo()).send()
        before = house.files()
        house.fill(spare=spare * PAGE)
        for state in (JobState.WAITING, JobState.WAITING, JobState.FAILED):
            tried = work(app, "attachments.check")
            assert (tried.state, tried.reason) == (state, "storage_full")
        found = files(app)[1]
        assert found.state is AttachmentState.QUARANTINED
        assert reporter.client.get(f"/berkas/{found.uuid}").status_code == 404
        assert [name for name in house.files() - before if "/." in name] == []
        house.make_room()
        with app.app_context():
            assert check_again() == 1, "nobody has to ask for it"
        assert work(app, "attachments.check").state is JobState.DONE
    assert files(app)[1].state is AttachmentState.READY
    for page in ("", "/kecil"):
        assert reporter.client.get(f"/berkas/{found.uuid}{page}").status_code == 200


def test_given_no_room_for_what_a_child_needs_then_it_is_told_apart_from_a_bad_file(tmp_path: Path) -> None:
    """A file that cannot be looked into for want of room must not be refused for ever."""

    def failure(task: str) -> str:
        with pytest.raises(ChildFailed) as failed:
            ask_in(tmp_path, "parse", task, {}, seconds=60)
        return failed.value.code

    with disk(tmp_path) as run, child_server(tmp_path, "parse", str(STRANGE)):
        run.fill()
        assert failure("scribble") == FULL
        run.make_room()
        ask_in(tmp_path, "parse", "scribble", {}, seconds=60)
        wait_until(
            lambda: not list(tmp_path.glob("parse.scratch/*")), why="the child before has left nothing"
        )
        run.take_names()
        assert failure("scribble") == FULL
        run.give_names()
        ask_in(tmp_path, "parse", "scribble", {}, seconds=60)


def test_given_no_room_for_a_paper_then_its_page_says_so_and_it_is_drawn_later(
    house: Disk, app: Flask
) -> None:
    with app.app_context():
        counter = CounterFactory(OfficeFactory("BPJS Ketenagakerjaan Kantor Cabang Poster")).id
        officer = Visitor(app).enter(UserFactory(Role.PVL_ASSISTANT, password=None).id)
    page = officer.submit(f"/staff/directory/counters/{counter}/poster", {"size": "a4"}).location
    uuid = UUID(page.rsplit("/", 1)[1])
    with child_server(app.extensions["settings"].run_dir, "render"):
        before = house.files()
        house.fill()
        tried = work(app, "directory.poster")
        assert (tried.uuid, tried.state, tried.reason) == (uuid, JobState.WAITING, "storage_full")
        assert "Ruang penyimpanan penuh." in officer.get(page).text
        assert house.files() == before
        house.make_room()
        assert work(app, "directory.poster").state is JobState.DONE
    with app.app_context():
        made = db.session.scalars(select(ProducedFile)).one()
    assert officer.client.get(f"{page}/file").status_code == 200
    assert (house.folder / "produced" / made.uuid.hex).stat().st_size == made.size_bytes


def test_given_no_room_for_the_head_of_the_trail_then_no_line_is_half_and_the_next_is_whole(
    house: Disk, app: Flask
) -> None:
    log = data_dir(app) / LOG
    before = b"#" * (PAGE - 101) + b"\n"  # a hundred bytes of the page are left: a line fits in part
    log.write_bytes(before)
    house.fill()
    ask(app, "operations.copy_trail_head")
    tried = work(app, "operations.copy_trail_head")
    assert (tried.state, tried.reason) == (JobState.WAITING, "storage_full")
    assert log.read_bytes() == before
    house.make_room()
    assert work(app, "operations.copy_trail_head").state is JobState.DONE
    assert log.read_bytes().startswith(before)
    assert len(heads_in(log)) == 1
    with app.app_context():
        assert contradicted(log) is None


def test_given_a_line_that_the_power_cut_then_the_next_head_is_not_lost_with_it(app: Flask) -> None:
    log = data_dir(app) / LOG
    log.write_bytes(b'{"at": "2026-11-20T01:00')
    ask(app, "operations.copy_trail_head")
    assert work(app, "operations.copy_trail_head").state is JobState.DONE
    assert len(heads_in(log)) == 1


def test_given_no_room_for_the_first_keys_then_the_start_says_so_and_no_key_is_half(house: Disk) -> None:
    keys = house.folder / "keys"
    house.fill()
    start = [sys.executable, "-m", "ombudsman_app", "runner"]
    environment = {**os.environ, "OMBUDSMAN_DATA": str(house.folder)}
    refused = subprocess.run(start, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert refused.returncode != 0
    assert f"There is no room in {keys} for the first keys." in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not list(keys.glob("*.key"))
    house.make_room()
    first = keyring_from(keys, may_create=True)
    assert first.hash_key("x") == keyring_from(keys, may_create=True).hash_key("x")
    assert {path.name for path in keys.glob("*.key")} == {"hash.key", "master-0001.key"}


@pytest.fixture
def one_disk(house: Disk, templates: _Templates, tmp_path: Path) -> Iterator[Flask]:
    """The database lies on the same small disk, as in the embedded mode."""
    template = templates.get("sqlite")
    database = tmp_path / "kawal.db"
    shutil.copyfile(template.url.removeprefix("sqlite:///"), database)
    app = create_app(settings_for(tmp_path, f"sqlite:///{database}"))
    yield app
    app.extensions["engine"].dispose()


def test_given_a_full_disk_under_the_database_then_pages_can_be_read_and_nothing_is_lost_or_doubled(
    house: Disk, one_disk: Flask
) -> None:
    visitor = Visitor(one_disk)
    walker = Wizard(visitor)
    walker.answer_all()
    sender = Sender(visitor, "foto.jpg", CONTENT)
    sender.create()
    sender.patch(0, CONTENT[:PIECE])
    visitor.get("/lapor/periksa")
    house.fill()

    for page in ("/", "/lacak", "/lapor/periksa"):
        assert visitor.get(page).status_code == 200, page
    for _time in range(2):
        refused = visitor.post("/lapor/periksa")
        assert refused.status_code == 503
        assert int(refused.headers["Retry-After"]) > 0
        assert sender.patch(PIECE, CONTENT[PIECE:]).status_code in (503, 507)
    assert sender.offset() == PIECE

    house.make_room()
    assert send_on(sender, CONTENT) == len(CONTENT)
    assert walker.send().location == "/lapor/terkirim"
    with one_disk.app_context():
        (case,) = db.session.scalars(select(Complaint))
        (file,) = db.session.scalars(select(Attachment))
        assert (file.folder, file.sha256) == (case.files_id, digest(CONTENT))
        assert trail.verify()[1] is None
        assert db.session.scalar(text("PRAGMA integrity_check")) == "ok"
