"""Every kind of paper as it leaves the house, from the record to the signed file, as others find it.

The words of each kind, long and short, are looked at in test_papers; here it is the file that people get.
"""

import csv
import re
import subprocess
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
import zxingcpp
from flask import Flask
from PIL import Image
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation.status import SignatureCoverageLevel

from ombudsman_app.documents.kinds import document_kind, kinds
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.states import KIND_RULES, DocumentState

from ..conftest import _Templates, fresh_app
from ..visitor import Visitor
from .drawing import Sheet, printed
from .real_papers import COPIES, HEAD, RealPapers
from .test_sign_a_letter import checked

EACH = pytest.mark.parametrize("kind", KIND_RULES)
REQUESTS = ("clarification_request_first", "clarification_request_second")
DOTS_PER_INCH = 110  # a sheet held before a phone
ZXING_SEES = zxingcpp.BarcodeFormat.QRCode


@pytest.fixture(
    scope="module",
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.full)],
)
def made(
    request: pytest.FixtureRequest, templates: _Templates, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RealPapers]:
    """All papers of five cases and one piece of information, made once for all tests of this file."""
    with fresh_app(templates, request.param, tmp_path_factory.mktemp("papers")) as app:
        yield RealPapers(app)


@pytest.fixture
def sheet(made: RealPapers, kind: str, tmp_path: Path) -> Sheet:
    path = tmp_path / f"{kind}.pdf"
    path.write_bytes(made.content(kind))
    return Sheet(path)


def test_the_house_makes_each_kind_that_the_rules_name(app: Flask) -> None:
    assert [kind.name for kind in kinds()] == list(KIND_RULES)
    assert len(KIND_RULES) == 30


@EACH
def test_given_a_paper_that_went_out_when_checked_by_others_then_the_file_is_sound(
    made: RealPapers, sheet: Sheet, kind: str
) -> None:
    paper = made.of(kind)
    about = dict(line.split(":", 1) for line in printed("pdfinfo", str(sheet.path)).splitlines())

    assert paper.state is DocumentState.ISSUED
    assert about["Title"].strip() == f"{paper.subject} – {paper.number}"
    assert about["Tagged"].strip() == "yes"
    assert about["Page size"].endswith("(A4)")
    assert int(about["Pages"]) == paper.pages == len(sheet.pages)
    assert (about["JavaScript"].strip(), about["Encrypted"].strip()) == ("no", "no")
    assert len(sheet.fonts) >= 3
    for font in sheet.fonts:
        assert "Type 3" not in font
        assert font.split()[-5:-2] == ["yes", "yes", "yes"], font  # embedded, a subset, its letters known
    said = subprocess.run(["qpdf", "--check", str(sheet.path)], capture_output=True, text=True, check=False)
    assert (said.returncode, "WARNING" in said.stdout + said.stderr) == (0, False), said.stderr


@EACH
def test_given_a_paper_that_went_out_when_its_signature_is_checked_then_it_covers_the_whole_file(
    made: RealPapers, kind: str
) -> None:
    content = made.content(kind)
    with made.app.app_context():
        status = checked(content)

    assert (status.intact, status.valid, status.trusted, status.bottom_line) == (True, True, True, True)
    assert status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    assert status.modification_level is ModificationLevel.NONE


@EACH
def test_given_a_paper_that_went_out_when_read_aloud_then_structure_names_and_language_are_there(
    sheet: Sheet, kind: str
) -> None:
    with pikepdf.open(sheet.path) as pdf:
        assert pdf.Root.Lang in ("id", "id-ID")
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        elements = list(_elements(pdf.Root.StructTreeRoot))
        assert [one for one in elements if one.S == "/P" and not list(one.get("/K", []))] == []
        for figure in (one for one in elements if one.S == "/Figure"):
            assert str(figure.Alt)
        named = {bytes(one.ID) for one in elements if one.S == "/TH"}
        cells = [one for one in elements if one.S == "/TD"]
        assert cells
        for cell in cells:
            heads = [bytes(name) for name in cell.A.Headers]
            assert heads
            assert set(heads) <= named
    levels = sheet.headings
    assert (levels[0], levels.count(1)) == (1, 1)
    assert all(later - level <= 1 for level, later in pairwise(levels))
    assert ("L" in sheet.tags) == (kind in LISTING)


LISTING = {
    "completion_request", "refusal_notice", "not_competent_notice", "transfer_notice", *REQUESTS,
    "letter_to_superior", "second_term_letter", "escalation_letter", "examination_report",
    "audit_report", "audit_scorecard", "meeting_invitation",
}  # fmt: skip


@EACH
def test_given_a_paper_that_went_out_when_read_then_it_says_who_what_and_how_to_prove_it(
    made: RealPapers, sheet: Sheet, kind: str
) -> None:
    paper, pages = made.of(kind), len(sheet.pages)
    assert (paper.number, paper.code) != (None, None)
    spaced = " ".join(re.findall(".{1,4}", str(paper.code)))

    for at, page in enumerate(sheet.pages, 1):
        assert f"Halaman {at} dari {pages}" in page
        assert str(paper.number) in page
        assert f"/verifikasi, kode {spaced}" in page
    assert "OMBUDSMAN REPUBLIK INDONESIA PERWAKILAN PROVINSI SULAWESI BARAT" in sheet.pages[0]
    assert "Ditandatangani secara elektronik" in sheet.pages[-1]
    assert _told_besides(sheet.pages[-1]), "who signs does not stand alone on a page"
    for never in ("Demo Pelapor", "0812 0000 0001", "demo@example.test", "None", "(historic)"):
        assert never not in sheet.text
    with_copies = {"refusal_notice", "not_competent_notice", "transfer_notice", *REQUESTS}
    assert ("Tembusan" in sheet.text) == (kind in with_copies)
    if kind in with_copies:
        assert HEAD.replace(" ", "") in sheet.unbroken
        for line in COPIES.splitlines():
            assert line.replace(" ", "") in sheet.unbroken


def _told_besides(last: str) -> str:
    """What the last page says before its signature."""
    return re.split("Ditandatangani secara elektronik|Kepala Perwakilan,|Asisten Penerimaan", last)[0].strip()


@EACH
def test_given_a_paper_that_went_out_when_a_phone_looks_at_its_picture_then_it_is_genuine(
    made: RealPapers, sheet: Sheet, kind: str
) -> None:
    paper = made.of(kind)
    last = str(len(sheet.pages))
    picture = subprocess.run(
        ["pdftoppm", "-r", str(DOTS_PER_INCH), "-png", "-f", last, "-l", last, str(sheet.path)],
        capture_output=True, check=True,
    ).stdout  # fmt: skip

    [found] = zxingcpp.read_barcodes(Image.open(BytesIO(picture)), formats=ZXING_SEES)

    assert found.text == f"{made.app.extensions['settings'].public_url}/verifikasi/{paper.code}"
    page = Visitor(made.app).get(f"/verifikasi/{paper.code}").text
    assert "<h1>Berlaku</h1>" in page
    assert str(paper.number) in page


def test_given_a_transfer_then_the_head_of_the_office_that_goes_on_gets_a_copy(made: RealPapers) -> None:
    content = made.of("transfer_notice").content or {}
    assert content["paper"]["copies"][0] == "Kepala Ombudsman RI Perwakilan Provinsi Nusa Tenggara Timur"


@pytest.mark.parametrize("kind", ["not_competent_notice", "transfer_notice"])
def test_given_a_letter_that_ends_something_then_it_names_its_article(made: RealPapers, kind: str) -> None:
    letter = (made.of(kind).content or {})["letter"]
    assert letter["legal"] == document_kind(kind).rule.legal
    assert letter["unverified"] is True


def test_given_a_confidential_report_then_no_paper_names_the_office(made: RealPapers) -> None:
    paper: Document = made.of("not_competent_notice")
    assert "BPJS" not in str(paper.content)


def test_given_a_report_then_its_corrective_actions_are_attached_as_data(made: RealPapers) -> None:
    """PDF/A-3: the paper says what it is, and programs read who must do what (design.md §12)."""
    content = made.content("examination_report")
    with pikepdf.open(BytesIO(content)) as pdf:
        [attached] = pdf.attachments.values()
        rows = list(csv.reader(attached.get_file().read_bytes().decode().splitlines()))
        about = pdf.open_metadata()
        assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("3", "A")
    assert rows[0][:3] == ["nomor", "ditujukan_kepada", "instansi"]
    assert [row[1] for row in rows[1:]] == ["Terlapor", "Terlapor", "Atasan Terlapor"]


def _elements(parent: pikepdf.Object) -> Iterator[pikepdf.Object]:
    kids = parent.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from _elements(kid)
