"""The sheet of figures as the renderer makes it and others find it: sound, tagged, complete, on A4."""

import subprocess
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
import zxingcpp
from flask import Flask
from flask_babel import force_locale
from PIL import Image

from ombudsman_app.core.clock import now
from ombudsman_app.core.db import db
from ombudsman_app.coverage.commands import load_shipped_figures
from ombudsman_app.coverage.models import CoverageSheet
from ombudsman_app.coverage.queries.sheets import printed_stamp
from ombudsman_app.coverage.sheet_content import content_of
from ombudsman_app.coverage.sheet_jobs import VARIANT
from ombudsman_app.web.pdf import draw

from ..children import child_server
from ..conftest import BACKENDS, _Templates, fresh_app
from ..documents.drawing import Sheet, _elements, printed
from ..factories.coverage import FigureFactory, SourceFactory, analyst, claim

ADDRESS = "https://kawal.example.go.id"
LIST = "Daftar kepesertaan per 30 Juni 2026"
DOTS_PER_INCH = 110


class Printer:
    """A house with the shipped figures and a course for Manggarai Barat, and its render server."""

    def __init__(self, app: Flask, folder: Path) -> None:
        self.app, self.folder = app, folder
        self._made: dict[tuple[object, ...], Sheet] = {}

    def sheet(self, place: str, measure: str = "ucj", language: str = "id", on: date | None = None) -> Sheet:
        key = (place, measure, language, on)
        if key not in self._made:
            with self.app.app_context():
                asked = CoverageSheet(
                    place_code=place, measure=measure, language=language, as_of=on, stamp=printed_stamp()
                )
                with force_locale(language):
                    told = content_of(asked, made_at=now(), public_url=ADDRESS, is_demo=False)
                drawn = draw(
                    "coverage/pdf/coverage_sheet.html",
                    variant=VARIANT,
                    language=language,
                    printed=told,
                    drawn=told.drawn,
                    paper=told.paper,
                )
            assert drawn.warnings == ()
            path = self.folder / f"{len(self._made)}.pdf"
            path.write_bytes(drawn.content)
            self._made[key] = Sheet(path)
        return self._made[key]


@pytest.fixture(scope="module", params=BACKENDS)
def printer(
    request: pytest.FixtureRequest, templates: _Templates, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Printer]:
    folder = tmp_path_factory.mktemp("sheets")
    with fresh_app(templates, request.param, folder) as app:
        with app.app_context():
            load_shipped_figures()
            maker = analyst()
            source = SourceFactory(maker, title=LIST)
            given = {"actor": maker, "source": source}
            for year, counted in ((2025, 310), (2026, 355)):
                FigureFactory("53.15", claim(counted, 1000, as_of=date(year, 6, 30)), **given)
            FigureFactory("53.04", claim(900, 800, reason="Termasuk pekerja dari luar"), **given)
            db.session.remove()
        with child_server(app.extensions["settings"].run_dir, "render"):
            yield Printer(app, folder)


EACH = pytest.mark.parametrize("place", ["ID", "53", "53.15", "76"])
pytestmark = pytest.mark.both_databases


@EACH
def test_given_a_sheet_when_checked_by_others_then_the_file_is_sound(printer: Printer, place: str) -> None:
    sheet = printer.sheet(place)
    about = dict(line.split(":", 1) for line in printed("pdfinfo", str(sheet.path)).splitlines())
    assert about["Tagged"].strip() == "yes"
    assert about["Page size"].endswith("(A4)")
    assert int(about["Pages"]) == len(sheet.pages)
    assert about["Title"].strip().startswith("Lembar cakupan: ")
    for font in sheet.fonts:
        assert "Type 3" not in font
        assert font.split()[-5:-2] == ["yes", "yes", "yes"], font
    said = subprocess.run(["qpdf", "--check", str(sheet.path)], capture_output=True, text=True, check=False)
    assert (said.returncode, "WARNING" in said.stdout + said.stderr) == (0, False), said.stderr


@EACH
def test_given_a_sheet_when_read_aloud_then_pictures_speak_and_cells_know_their_heads(
    printer: Printer, place: str
) -> None:
    sheet = printer.sheet(place)
    with pikepdf.open(sheet.path) as pdf:
        assert pdf.Root.Lang in ("id", "id-ID")
        elements = list(_elements(pdf.Root.StructTreeRoot))
        assert [one for one in elements if one.S == "/P" and not list(one.get("/K", []))] == []
        said = [str(one.Alt) for one in elements if one.S == "/Figure"]
        assert said
        assert all(said)
        named = {bytes(one.ID) for one in elements if one.S == "/TH"}
        for cell in (one for one in elements if one.S == "/TD"):
            heads = [bytes(name) for name in cell.A.Headers]
            assert heads
            assert set(heads) <= named
    assert any(one.startswith("Peta: Universal Coverage Jamsostek") for one in said)
    levels = sheet.headings
    assert (levels[0], levels.count(1)) == (1, 1)
    assert all(later - level <= 1 for level, later in pairwise(levels))


@EACH
def test_given_a_sheet_then_each_page_says_which_it_is_and_the_last_one_where_the_figures_are(
    printer: Printer, place: str
) -> None:
    sheet = printer.sheet(place)
    path = "/cakupan" if place == "ID" else f"/cakupan/{place}"
    for at, page in enumerate(sheet.pages, 1):
        assert f"Halaman {at} dari {len(sheet.pages)}" in page
        assert f"kawal.example.go.id{path}?ukuran=ucj · Keadaan angka " in page
    assert "OMBUDSMAN REPUBLIK INDONESIA" in sheet.pages[0]
    assert "Lembar ini tidak bernomor" in sheet.pages[-1]
    assert "Apa yang dihitung di sini" in sheet.pages[-1], "the code does not stand alone on a page"
    assert "None" not in sheet.text
    subprocess.run(
        ["pdftoppm", "-r", str(DOTS_PER_INCH), "-gray", str(sheet.path), str(sheet.path.with_suffix(""))],
        check=True,
    )
    found = {
        code.text
        for picture in sheet.path.parent.glob(f"{sheet.path.stem}-*.pgm")
        for code in zxingcpp.read_barcodes(Image.open(picture))
    }
    assert found == {f"{ADDRESS}{path}?ukuran=ucj"}


def test_given_the_nation_then_both_figures_stand_and_every_province_is_ranked_or_named(
    printer: Printer,
) -> None:
    sheet = printer.sheet("ID")
    assert "39%" in sheet.text
    assert "40%" in sheet.text
    assert "tidak ada yang dipilih" in sheet.text
    assert "1.253.156" in sheet.text  # who is not insured in NTB
    assert "Tabel 1" in sheet.text
    silent = sheet.text[sheet.text.index("wilayah tanpa angka") :]
    assert "Aceh, Sumatera Utara" in silent
    assert "17,5" not in sheet.text, "no figure of another definition"


def test_given_a_province_then_sources_are_numbered_and_what_is_odd_is_told(printer: Printer) -> None:
    text = printer.sheet("53").text
    assert "33,73%" in text
    assert "Artikel tidak bertanggal" in text
    assert "Lebih dari 100%" in text
    assert LIST in printer.sheet("53").text
    assert "Targetnya 60%" in text
    assert "Malaka" in text


def test_given_a_regency_then_its_gap_its_course_and_its_place_are_there(printer: Printer) -> None:
    sheet = printer.sheet("53.15")
    assert "645 orang belum terlindungi" in sheet.text
    assert "Kabupaten Manggarai Barat dari waktu ke waktu" in sheet.text
    assert "urutan2dari3" in sheet.unbroken
    assert "35,50%" in sheet.text


def test_given_a_place_of_which_nobody_spoke_then_the_sheet_says_so(printer: Printer) -> None:
    sheet = printer.sheet("76")
    assert "Belum ada yang menyebut angka ini" in sheet.text
    assert "6 wilayah tanpa angka" in sheet.text
    assert "di bawah 20%" in sheet.text, "percentages, though nobody gave one"


def test_given_a_day_then_nothing_later_stands_on_the_sheet(printer: Printer) -> None:
    text = printer.sheet("53.15", on=date(2025, 6, 30)).text
    assert "31,00%" in text
    assert "35,50%" not in text
    assert "tanggal=2025-06-30" in text.replace(" ", "")


def test_given_counts_alone_then_persons_are_drawn(printer: Printer) -> None:
    text = printer.sheet("ID", measure="vulnerable_paid").text
    assert "39.487" in text
    assert "10.000 sampai di bawah 50.000" in text


def test_given_english_then_the_words_are_english(printer: Printer) -> None:
    sheet = printer.sheet("53", language="en")
    assert "Sheet of coverage: Nusa Tenggara Timur" in sheet.text
    assert "Page 1 of" in sheet.text
    with pikepdf.open(sheet.path) as pdf:
        assert str(pdf.Root.Lang).startswith("en")
