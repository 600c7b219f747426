"""Canaries (PD9): who reports is nowhere in clear; what was told is nowhere but on staff pages."""

import gzip
import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import inspect, text

from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role

from ..factories.accounts import UserFactory
from ..routes import PAGES
from ..visitor import Visitor
from ..wizard import Wizard

IDENTITY = {
    "full_name": "Zqkanari Nama",
    "phone": "0857 9131 7713",
    "email": "zqkanari@surat.example",
    "birth_place": "Zqkanari Lahir",
    "birth_date": "29-02-1988",
    "marital_status": "widowed",
    "occupation": "Zqkanari Kerja",
    "address": "Jalan Zqkanari 77",
}
SECRET = re.compile(rb"zqkanari|0857 ?9131 ?7713|628579131|1988-02-29|29-02-1988", re.IGNORECASE)
STORY = "Zqcerita tentang loket yang selalu tutup sebelum waktunya."
TOLD = re.compile(rb"zqcerita", re.IGNORECASE)
ANSWERS = {
    "kejadian": {"narrative": STORY},
    "kerahasiaan": {"confidentiality": "confidential"},
    "identitas": IDENTITY,
}


@pytest.fixture
def filed(app: Flask, visitor: Visitor) -> tuple[str, str]:
    return Wizard(visitor, changes=ANSWERS).send_all()


def stored_bytes(app: Flask) -> bytes:
    """Everything that the database holds: the files of SQLite, every value of PostgreSQL."""
    url: str = app.extensions["settings"].database_url
    if url.startswith("sqlite"):
        base = url.removeprefix("sqlite:///")
        app.extensions["engine"].dispose()
        return b"".join(Path(base + end).read_bytes() for end in ("", "-wal") if Path(base + end).exists())
    found = []
    with app.app_context():
        for table in inspect(db.engine).get_table_names():
            rows = db.session.execute(text(f'SELECT * FROM "{table}"'))
            found += [
                bytes(v) if isinstance(v, memoryview | bytes) else str(v).encode()
                for row in rows
                for v in row
            ]
    return b"\n".join(found)


def test_given_a_filed_complaint_then_the_identity_is_nowhere_in_clear(
    app: Flask, filed: tuple[str, str], capfd: pytest.CaptureFixture[str]
) -> None:
    assert not SECRET.search(stored_bytes(app))
    folder: Path = app.extensions["settings"].data_dir
    for path in folder.rglob("*"):
        if path.is_file():
            assert not SECRET.search(path.read_bytes()), path
    logged = "".join(capfd.readouterr())
    assert not SECRET.search(logged.encode())
    assert not TOLD.search(logged.encode())


def test_given_a_filed_complaint_then_the_code_is_nowhere_in_clear(
    app: Flask, filed: tuple[str, str]
) -> None:
    assert filed[1].encode() not in stored_bytes(app)


def test_given_a_draft_then_nothing_of_it_is_in_clear(app: Flask, visitor: Visitor) -> None:
    Wizard(visitor, changes=ANSWERS).answer_all()
    check = visitor.get("/lapor/periksa").data
    assert SECRET.search(check)  # the canary sings where it may
    assert TOLD.search(check)
    everything = stored_bytes(app)
    assert not SECRET.search(everything)
    assert not TOLD.search(everything)


def addresses() -> list[str]:
    return [route.rule for route in PAGES if "<" not in route.rule] + ["/staff/complaints/1", "/kantor/x"]


@pytest.mark.parametrize("role", [None, *Role])
def test_given_any_role_when_reading_every_page_then_nobody_is_given_away(
    app: Flask, filed: tuple[str, str], role: Role | None
) -> None:
    reader = Visitor(app, "203.0.113.50")
    if role is not None:
        with app.app_context():
            reader.enter(UserFactory(role, password=None).id)
    for address in [*addresses(), f"/staff/complaints/?q={filed[0]}"]:
        answer = reader.get(address)
        body = gzip.decompress(answer.data) if answer.content_encoding == "gzip" else answer.data
        assert not SECRET.search(body), address
        told = TOLD.search(body)
        assert told is None or address == "/staff/complaints/1", address
        assert not SECRET.search(str(answer.headers).encode())


def test_given_the_reporter_follows_then_the_status_page_names_nobody_and_no_office(
    app: Flask, filed: tuple[str, str], another_visitor: Visitor
) -> None:
    another_visitor.submit("/lacak", {"ticket": filed[0], "access_code": filed[1]})
    page = another_visitor.get("/lacak/laporan").data
    assert not SECRET.search(page)
    assert not TOLD.search(page)
    assert b"Kantor Cabang Mamuju" not in page
