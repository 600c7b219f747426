"""The whole way of a letter: an officer issues it, anybody proves it, by command, page and reader of PDF."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select

from ombudsman_app.cli.bench.dice import Dice
from ombudsman_app.cli.main import main
from ombudsman_app.complaints.commands import folder_of
from ombudsman_app.complaints.states import ComplaintState
from ombudsman_app.core.clock import now, stopped_at
from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.models import Job
from ombudsman_app.core.numbers import NumberCounter
from ombudsman_app.core.policy import Role
from ombudsman_app.documents.commands import write_draft
from ombudsman_app.documents.genuine import Status, verify
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.registers import FileRegister
from ombudsman_app.documents.states import DocumentState

from ..factories.complaints import CaseFactory, TeamFactory
from ..pages import Page
from ..visitor import Visitor
from .real_letter import WORDS, RealLetter
from .test_sign_a_letter import checked

FLIPS = 1000


@pytest.fixture
def letter(app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> RealLetter:
    settings = app.extensions["settings"]
    monkeypatch.setenv("OMBUDSMAN_DATA", str(settings.data_dir))
    monkeypatch.setenv("OMBUDSMAN_DATABASE_URL", settings.database_url)
    made = RealLetter(app)
    folder = tmp_path / "somewhere else"
    folder.mkdir()
    monkeypatch.chdir(folder)
    Path("surat.pdf").write_bytes(made.content)
    return made


def said(*words: str) -> tuple[int, list[dict[str, str]]]:
    """Ask the command line; return its exit code and its lines."""
    answer = CliRunner().invoke(main, ["documents", *words])
    return answer.exit_code, [json.loads(line) for line in answer.stdout.splitlines()]


def test_given_a_letter_was_issued_then_command_page_and_reader_call_it_genuine(
    letter: RealLetter, visitor: Visitor
) -> None:
    paper = letter.document
    line = {
        "file": "surat.pdf",
        "status": "genuine",
        "number": paper.number,
        "issued_on": str(paper.issued_on),
    }

    assert said("verify", "surat.pdf") == (0, [line])
    Path("daftar").write_bytes(visitor.get("/verifikasi/daftar").data)
    assert said("verify", "--register", "daftar", "surat.pdf") == (0, [line])
    for address in (f"/verifikasi/{paper.code}", f"/verifikasi/berkas?sidik={paper.sha256}"):
        assert "<h1>Berlaku</h1>" in visitor.get(address).text
    with letter.app.app_context():
        assert checked(letter.content).bottom_line
    with pikepdf.open("surat.pdf") as opened:
        assert len(opened.pages) == paper.pages
        assert opened.Root.StructTreeRoot.K


def test_given_any_one_byte_of_the_real_letter_is_changed_then_it_is_altered(
    letter: RealLetter, visitor: Visitor
) -> None:
    register = FileRegister(visitor.get("/verifikasi/daftar").data)
    dice = Dice("flips")
    statuses = set()
    for place in dice.some(range(len(letter.content)), FLIPS):
        flipped = bytearray(letter.content)
        flipped[place] ^= dice.between(1, 255)
        statuses.add(verify(bytes(flipped), register).status)

    assert statuses == {Status.ALTERED}


def test_given_it_was_replaced_then_all_say_so_and_name_the_new_one(
    letter: RealLetter, visitor: Visitor
) -> None:
    later = letter.replace()

    code, [line] = said("verify", "surat.pdf")
    page = visitor.get(f"/verifikasi/{letter.document.code}").text

    assert (code, line["status"]) == (1, "superseded")
    assert "<h1>Diganti</h1>" in page
    assert str(later.number) in page
    assert "<h1>Berlaku</h1>" in visitor.get(f"/verifikasi/{later.code}").text


def test_given_it_was_taken_back_then_all_say_so_and_nobody_says_why(
    letter: RealLetter, visitor: Visitor
) -> None:
    letter.revoke()

    code, [line] = said("verify", "surat.pdf")
    page = visitor.get(f"/verifikasi/{letter.document.code}").text

    assert (code, line["status"]) == (1, "revoked")
    assert "<h1>Dicabut</h1>" in page
    assert "Alamat kantor salah" not in page


@pytest.mark.parametrize(("why", "says"), [("expired", "sudah habis"), ("missing", "tidak ada di mesin ini")])
def test_given_the_certificate_is_of_no_use_when_issuing_then_a_sentence_and_nothing_has_happened(
    app: Flask, visitor: Visitor, why: str, says: str
) -> None:
    with app.app_context():
        team = TeamFactory()
        case = CaseFactory(ComplaintState.FORMAL_VERIFICATION, team)
        answers = {"items": ["F6"], "words": WORDS}
        draft = write_draft(
            "completion_request", folder_of(case), subject="x", answers=answers, actor=team.intake
        ).id
        jobs, numbers = count(Job), count(NumberCounter)
    if why == "missing":
        app.extensions["settings"] = replace(app.extensions["settings"], certificate=Path("/nowhere"))
    late = now() + timedelta(days=30 * 365) if why == "expired" else now()
    with stopped_at(late):
        visitor.enter(team.users[Role.PVL_ASSISTANT].id)
        page = f"/staff/documents/{draft}"
        version = Page(visitor.get(page).text).values["version"]
        answer = visitor.post(f"{page}/issue", {"version": version})

    assert answer.status_code == 503
    assert says in answer.text
    with app.app_context():
        paper = db.session.get_one(Document, draft)
        assert (paper.state, paper.number, paper.code) == (DocumentState.DRAFT, None, None)
        assert (count(Job), count(NumberCounter)) == (jobs, numbers)


def count(model: type) -> int:
    return len(db.session.scalars(select(model)).all())
