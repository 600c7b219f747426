"""Report, rapor and certificate of a result, from the record to the signed file.

What holds for every kind of paper (signature, tags, QR): tests/documents/test_signed_papers.py.
"""

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path
from uuid import uuid4

import pikepdf
import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from ombudsman_app.audits.commands import latest_score
from ombudsman_app.audits.commands.papers import issue_result_papers, living_paper, write_report
from ombudsman_app.audits.models import Audit
from ombudsman_app.audits.paper_contents import attached
from ombudsman_app.audits.queries import score_page
from ombudsman_app.audits.scoring.exact import plain
from ombudsman_app.audits.states import AuditState
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import MoveNotAllowed, NotAllowed
from ombudsman_app.core.jobs.models import JobState
from ombudsman_app.core.policy import Role
from ombudsman_app.documents.archive import bytes_of
from ombudsman_app.documents.commands import issue
from ombudsman_app.documents.freezing import thawed
from ombudsman_app.documents.kinds import document_kind
from ombudsman_app.documents.models import Document
from ombudsman_app.web.pdf import draw

from ..conftest import _Templates, fresh_app
from ..documents.desk import make_all, renderer_of
from ..documents.drawing import Sheet
from ..factories.attachments import AttachmentFactory
from ..factories.audits import AuditFactory
from ..factories.findings import person
from .papers import audit_with_everything

PHOTOS = 60
MOST_KIB = 500 * 1024  # that the child which draws sixty photos may hold


def photo(number: int) -> bytes:
    """A picture as the check leaves it for pages."""
    out = BytesIO()
    Image.new("RGB", (1600, 1200), (40 + number * 3, 120, 90)).save(out, "JPEG", quality=82)
    return out.getvalue()


class Made:
    """The papers of one published audit, made once."""

    def __init__(self, app: Flask, folder: Path) -> None:
        self.app = app
        with app.app_context():
            audit = audit_with_everything(
                photos=PHOTOS, attach=lambda n: AttachmentFactory(uuid4(), picture=photo(n)).uuid
            )
            self.audit_id = audit.id
            report = write_report(audit, actor=person(Role.AUDITOR))
            head = person(Role.HEAD_OF_REPRESENTATIVE)
            issue(report, version=report.version, actor=head)
            issue_result_papers(audit, actor=head)
        with renderer_of(app):
            assert make_all(app) == [JobState.DONE] * 3
            with app.app_context():
                found = db.session.scalars(select(Document).where(Document.kind == "audit_report")).one()
                letter, paper = thawed(found.content or {})
                template = document_kind(found.kind).template
                self.drawn = draw(
                    template, assets=attached(letter), variant="pdf/a-3a", letter=letter, paper=paper
                )
        self.sheets = {}
        with app.app_context():
            for document in db.session.scalars(select(Document)):
                path = folder / f"{document.kind}.pdf"
                path.write_bytes(bytes_of(document) or b"")
                self.sheets[document.kind] = Sheet(path)


@pytest.fixture(scope="module")
def made(templates: _Templates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    folder = tmp_path_factory.mktemp("results")
    with fresh_app(templates, "sqlite", folder) as app:
        yield Made(app, folder)


def test_given_a_published_audit_then_its_report_has_everything(made: Made) -> None:
    sheet = made.sheets["audit_report"]
    assert 20 <= len(sheet.pages) <= 40
    with made.app.app_context():
        audit = db.session.get_one(Audit, made.audit_id)
        score = latest_score(audit.id)
        assert score is not None
        page = score_page(score)
    assert f"Nilai persis: {page.total_exact.replace('.', ',')}" in sheet.text
    for line in page.lines:
        assert line.id in sheet.text
    assert "Sanggahan" in sheet.text or "Disanggah" in sheet.text
    assert "terlambat 2 hari" in sheet.text
    assert "Buat bidang miring" in sheet.text
    findings = next(page for page in sheet.pages if "Buat bidang miring" in page)
    assert "tindakan korektif" not in findings.replace("bukan tindakan korektif", "")  # they never mix


def test_given_its_contents_then_each_chapter_is_on_the_page_that_they_name(made: Made) -> None:
    pages = made.sheets["audit_report"].pages
    for title in ("1. Ringkasan", "3. Dimensi Input", "Lampiran: semua indikator"):
        named = next(line for line in pages[1].split(title)[1].split() if line.isdigit())
        assert title in pages[int(named) - 1]


def test_given_photos_then_each_is_shown_once(made: Made) -> None:
    with pikepdf.open(made.sheets["audit_report"].path) as paper:
        pictures = {
            image.objgen
            for page in paper.pages
            for image in page.get("/Resources", {}).get("/XObject", {}).values()
            if image.get("/Subtype") == "/Image" and image.get("/Width") == 1600
        }
    assert len(pictures) == PHOTOS


def test_given_sixty_photos_then_drawing_needs_little_memory(made: Made) -> None:
    assert made.drawn.warnings == ()
    assert 0 < made.drawn.peak_kib <= MOST_KIB


def test_given_the_table_inside_then_it_equals_the_score_to_the_last_digit(made: Made) -> None:
    with pikepdf.open(made.sheets["audit_report"].path) as paper:
        attached = paper.attachments["indikator.csv"].get_file().read_bytes().decode()
    rows = {row["kode"]: row for row in csv.DictReader(StringIO(attached))}
    with made.app.app_context():
        score = latest_score(made.audit_id)
        assert score is not None
        page = score_page(score)
    assert rows.keys() == page.by_id.keys()
    for line in page.lines:
        assert rows[line.id]["poin_hilang"] == plain(line.cost)
        assert rows[line.id]["skor"] == ("" if line.score is None else str(line.score))


def test_given_a_rapor_then_it_has_two_pages_and_a_certificate_one(made: Made) -> None:
    assert len(made.sheets["audit_scorecard"].pages) == 2
    assert len(made.sheets["audit_certificate"].pages) == 1
    for kind in ("audit_scorecard", "audit_certificate"):
        assert "89,69" in made.sheets[kind].text
        assert "C · Kualitas sedang (Zona kuning)" in made.sheets[kind].text


def test_given_a_result_that_is_not_final_then_no_report_is_written(in_app: Flask) -> None:
    audit = AuditFactory(AuditState.REVIEWED)
    with pytest.raises(MoveNotAllowed):
        write_report(audit, actor=person(Role.AUDITOR))


def test_given_a_result_that_is_not_published_then_no_rapor_is_issued(in_app: Flask) -> None:
    audit = AuditFactory(AuditState.FINAL)
    with pytest.raises(MoveNotAllowed):
        issue_result_papers(audit, actor=person(Role.HEAD_OF_REPRESENTATIVE))
    with pytest.raises(NotAllowed):
        issue_result_papers(audit, actor=person(Role.AUDITOR))


def test_given_two_calls_then_each_paper_is_there_once(in_app: Flask) -> None:
    audit, head = AuditFactory(AuditState.PUBLISHED), person(Role.HEAD_OF_REPRESENTATIVE)
    first = write_report(audit, actor=person(Role.AUDITOR))
    assert write_report(audit, actor=person(Role.AUDITOR)).id == first.id
    assert len(issue_result_papers(audit, actor=head)) == 2
    assert issue_result_papers(audit, actor=head) == []
    assert living_paper(audit, "audit_certificate") is not None
