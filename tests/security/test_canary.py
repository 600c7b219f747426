"""PD9: what a reporter told about the person is found nowhere in clear; the story on staff pages only."""

import logging
import os
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.engine import make_url

from ombudsman_app.core.db import db
from ombudsman_app.core.logs import configure_logs
from ombudsman_app.core.policy import Role
from ombudsman_app.core.sealing import make_backup_key
from ombudsman_app.operations.backup import archive
from ombudsman_app.operations.backup.making import make_backup

from ..factories.accounts import UserFactory
from ..routes import PAGES, World, build_world
from ..servers import _bin
from ..visitor import Visitor
from ..wizard import Wizard

PERSON = {
    "full_name": "Kenariku Qwyxzla",
    "phone": "0812 7654 3219",
    "email": "kenari.qwyxzla@burung.example",
    "birth_place": "Kampungqwyx",
    "birth_date": "17-08-1987",
    "occupation": "Penyulamqwyx",
    "address": "Jalan Qwyxkenari 77, Mamuju",
}
MESSAGE = "Pesanqwyx: nama saya Kenariku dan rumah saya di belakang pasar."
QUESTION, NOTE = "Tanyaqwyx tentang tanda terima.", "Catatanqwyx hanya untuk kantor."
REASON = "Memeriksa alamat untuk verifikasi formil."
STORY = "Ceritaqwyx tentang loket yang menutup lebih awal setiap hari Jumat."
REMEDY = "Permintaanqwyx agar loket buka."
# Also without blanks, as an index or a log might write a number, and the day as it is stored.
TRACES = {*PERSON.values(), "081276543219", "6281276543219", "1987-08-17"} - {"17-08-1987"}


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for temporary files of its own, so that all of them can be read afterwards."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder


@pytest.fixture
def log(app: Flask, tmp_path: Path) -> Iterator[Path]:
    """The lines of the application log, at the level that says most."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    path = tmp_path / "log"
    target = os.open(path, os.O_WRONLY | os.O_CREAT)
    configure_logs(app.extensions["settings"], target=target)
    root.setLevel(logging.DEBUG)
    yield path
    root.handlers, root.level = handlers, level
    os.close(target)


class Told:
    """What every answer to every visitor held, pages, headers and cookies alike. Joined when all is heard."""

    def __init__(self) -> None:
        self._heard: dict[str, list[str]] = {"staff": [], "own": [], "others": []}

    def look(self, visitor: Visitor, path: str, *, whose: str = "others") -> None:
        """`whose`: staff, own (the reporter with ticket and code) or others (everybody else)."""
        answer = visitor.client.get(path, environ_overrides={"REMOTE_ADDR": visitor.address})
        self._heard[whose] += answer.data.decode("utf-8", "replace"), str(answer.headers)

    @cached_property
    def staff(self) -> str:
        return "\n".join(self._heard["staff"])

    @cached_property
    def own(self) -> str:
        return "\n".join(self._heard["own"])

    @cached_property
    def others(self) -> str:
        return "\n".join(self._heard["others"])


def _work(app: Flask, world: World, ticket: str, code: str) -> str:
    """What officers and reporter do with the case, by the door; return the answer that names the person."""
    intake, follower = Visitor(app).enter(world.team[Role.PVL_ASSISTANT]), Visitor(app, "203.0.113.10")
    with app.app_context():
        case_id = db.session.scalar(text(f"SELECT id FROM complaint WHERE ticket = '{ticket}'"))
    page = f"/staff/complaints/{case_id}"
    intake.get(page)
    assert intake.post(f"{page}/begin", intake.page.values).status_code == 302
    for address, field, words in (("messages", "message", QUESTION), ("notes", "note", NOTE)):
        intake.get(page)
        sent = {**intake.page.values, "message": "", "note": "", field: words}
        assert intake.post(f"{page}/{address}", sent).status_code == 302
    follower.submit("/lacak", {"ticket": ticket, "access_code": code})
    follower.get("/lacak/laporan")
    written = follower.post("/lacak/pesan", {**follower.page.values, "message": MESSAGE})
    assert written.status_code == 302
    opened = intake.submit(f"{page}/identity", {"reason": REASON})
    assert opened.status_code == 200
    return opened.text


def _walk(app: Flask, world: World, told: Told, reporter: Visitor, ticket: str, code: str) -> None:
    follower = Visitor(app, "203.0.113.9")
    follower.submit("/lacak", {"ticket": ticket, "access_code": code})
    with app.app_context():
        users = {role: UserFactory(role, password=None).id for role in Role}
    people = {role: Visitor(app).enter(user_id) for role, user_id in users.items()}
    with app.app_context():
        case_id = db.session.scalar(text(f"SELECT id FROM complaint WHERE ticket = '{ticket}'"))
    paths = [world.address_of(route) for route in PAGES] + [
        *(f"/staff/complaints/{case_id}{page}" for page in ("", "/formal", "/declare", "/identity")),
        "/staff/complaints/?state=received", "/staff/complaints/?q=qwyx", "/kantor?q=qwyx", "/lacak/laporan",
    ]  # fmt: skip
    for path in paths:
        told.look(reporter, path)
        told.look(follower, path, whose="own")
        told.look(Visitor(app), path)
        for role, person in people.items():
            is_portal = role in (Role.OFFICE_OFFICER, Role.OFFICE_HEAD)
            told.look(person, path, whose="others" if is_portal else "staff")


def test_nothing_that_names_the_person_is_found_anywhere(
    app: Flask, visitor: Visitor, log: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, told = build_world(app), Told()
    changes = {
        "identitas": PERSON, "kejadian": {"narrative": STORY}, "harapan": {"requested_remedy": REMEDY},
        "kerahasiaan": {"confidentiality": "confidential"},
    }  # fmt: skip
    walker = Wizard(visitor, changes=changes)
    walker.answer_all()
    in_draft = _database(app)
    assert walker.send().status_code == 302
    ticket, code = walker.receipt()
    visitor.post("/lapor/terkirim")
    opened = _work(app, world, ticket, code)
    _walk(app, world, told, visitor, ticket, code)
    logged = log.read_text()
    folders = (temporary, app.extensions["settings"].data_dir)
    files = b"".join(path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file())
    kept = _database(app)
    sealed = _backup(app, temporary, monkeypatch)

    assert ticket in told.staff, "the walk reached the pages that could tell"
    assert STORY in told.staff
    assert all(trace in opened for trace in ("Kenariku Qwyxzla", "Jalan Qwyxkenari 77")), (
        "opened with a reason"
    )
    assert logged.count("\n") > 50
    for trace in TRACES:
        assert trace not in told.staff, trace
        assert trace not in told.own, trace
        assert trace not in told.others, trace
        assert trace not in logged, trace
        for bytes_ in (in_draft, kept, files, sealed):
            assert trace.encode() not in bytes_, trace
    for words in ("Ceritaqwyx", "Permintaanqwyx"):
        assert words not in told.own + told.others, words
        assert words not in logged, words
        assert words.encode() not in in_draft, "a draft is sealed as a whole"
        assert words.encode() in kept, "the story of a case is stored in clear, its backups are not"
        assert words.encode() not in sealed, words
    for words in ("Pesanqwyx", "Tanyaqwyx", "Catatanqwyx"):
        assert words in told.staff, words
        assert (words in told.own) is (words != "Catatanqwyx"), "the reporter reads the messages alone"
        assert words not in told.others, words
        assert words not in logged, words
        assert words.encode() not in kept + files, "what people write to each other is sealed"
    assert code not in told.staff
    assert code not in logged
    assert code.encode() not in kept


def _backup(app: Flask, folder: Path, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """Return all bytes of a backup. Nothing is packed, so that only the seal can hide a word."""
    settings = app.extensions["settings"]
    make_backup_key(settings.backup_key_file)
    monkeypatch.setattr(archive, "_PACKED", 0)
    return make_backup(settings, folder / "backups").path.read_bytes()


def _database(app: Flask) -> bytes:
    """Return all bytes of the database: the files of SQLite with their log, a whole dump of PostgreSQL."""
    settings = app.extensions["settings"]
    url = make_url(settings.owner_url)
    if url.get_backend_name() == "sqlite":
        path = Path(url.database or "")
        with sqlite3.connect(path) as connection:
            everything = "\n".join(connection.iterdump())
        connection.close()
        tails = [path.with_name(path.name + tail) for tail in ("", "-wal")]
        return everything.encode() + b"".join(file.read_bytes() for file in tails if file.exists())
    dump = subprocess.run(
        [_bin("pg_dump"), "-h", str(url.query["host"]), "-U", url.username or "", str(url.database)],
        capture_output=True,
        check=True,
        cwd="/",
    )
    return dump.stdout
