"""Each kind of paper, shortest and longest, as draft and as issued: sound, complete, and readable aloud."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest

from ombudsman_app.app import create_app
from ombudsman_app.cli.bench.letter_samples import (
    KINDS,
    MANY_FILES,
    SUBJECTS,
    sample_letter,
    sample_paper,
    template_of,
)
from ombudsman_app.core.config import Settings
from ombudsman_app.web.pdf import _styles, draw

from ..children import child_server
from .drawing import Sheet, printed

Draw = Callable[..., Sheet]
URL = "https://lapor.contoh"
SIZES = pytest.mark.parametrize("is_long", [False, True], ids=["short", "long"])
EACH = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Draw]:
    """Draw a sample once, however many tests look at it."""
    folder = tmp_path_factory.mktemp("papers")
    app = create_app(Settings(data_dir=folder, database_url="sqlite://"))
    held: dict[str, Sheet] = {}

    def sheet(kind: str, *, is_long: bool = False, is_draft: bool = False, language: str = "id") -> Sheet:
        name = f"{kind}-{is_long}-{is_draft}-{language}"
        if name not in held:
            paper = sample_paper(kind, URL, is_draft=is_draft, is_demo=is_draft)
            letter = sample_letter(kind, is_long=is_long)
            done = draw(template_of(kind), variant="pdf/ua-1", language=language, letter=letter, paper=paper)
            assert done.warnings == ()
            (folder / f"{name}.pdf").write_bytes(done.content)
            held[name] = Sheet(folder / f"{name}.pdf")
        return held[name]

    with child_server(app.extensions["settings"].run_dir, "render"), app.app_context():
        yield sheet


@EACH
@SIZES
def test_given_an_issued_paper_when_read_then_every_page_says_which_it_is(
    drawn: Draw, kind: str, is_long: bool
):
    sheet, paper = drawn(kind, is_long=is_long), sample_paper(kind, URL)
    assert len(sheet.pages) > 1 if is_long else len(sheet.pages) <= 2
    for at, page in enumerate(sheet.pages, 1):
        assert paper.number in page
        assert f"Halaman {at} dari {len(sheet.pages)}" in page
        assert f"lapor.contoh/verifikasi, kode {paper.spaced_code}" in page
        assert "KONSEP" not in sheet.slanting(at)
    assert "OMBUDSMAN REPUBLIK INDONESIA" in sheet.pages[0]
    assert "PERWAKILAN PROVINSI SULAWESI BARAT" in sheet.pages[0]
    assert "Ditandatangani secara elektronik" in sheet.text
    assert "Mamuju, 26 November 2026" in sheet.text
    names_ticket = not kind.startswith("clarification")  # whom we ask is no reporter and has no ticket
    assert ("MAM-2026-7K3Q9XWA-5" in sheet.pages[0]) is names_ticket
    assert "0012/LM/XI/2026/MAM" in sheet.pages[0] or kind in ("receipt", "tip_receipt")


@EACH
@SIZES
def test_given_a_paper_when_checked_then_it_is_sound_and_brings_its_fonts(
    drawn: Draw, kind: str, is_long: bool
):
    sheet = drawn(kind, is_long=is_long)
    printed("qpdf", "--check", str(sheet.path))
    assert len(sheet.fonts) >= 3
    assert all(line.split()[-5] == "yes" for line in sheet.fonts), sheet.fonts
    size = next(line for line in printed("pdfinfo", str(sheet.path)).splitlines() if "Page size" in line)
    assert size.endswith("(A4)")


@EACH
@SIZES
def test_given_a_paper_when_read_aloud_then_its_parts_have_names_and_an_order(
    drawn: Draw, kind: str, is_long: bool
):
    sheet = drawn(kind, is_long=is_long)
    with pikepdf.open(sheet.path) as pdf:
        assert pdf.Root.Lang == "id"
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert SUBJECTS[kind] in str(pdf.docinfo.Title)
        with pdf.open_metadata() as said:
            assert said["pdfuaid:part"] == "1"
    assert sheet.headings[0] == 1
    assert sheet.headings.count(1) == 1
    assert all(later - level <= 1 for level, later in zip(sheet.headings, sheet.headings[1:], strict=False))
    assert {"P", "Table", "TR", "TH", "TD", "Figure"} <= set(sheet.tags)
    assert sheet.tags.count("Figure") == 1  # the code; the emblem says nothing
    for line in ("L", "LI"):
        assert (line in sheet.tags) == ("minutes" not in kind and "receipt" not in kind)


@EACH
def test_given_a_template_when_drawn_then_the_styles_of_its_layouts_come_along(kind: str):
    assert list(_styles(template_of(kind))) == ["print.css", "letterhead.css"]


@EACH
def test_given_a_draft_when_drawn_then_every_page_shows_that_it_is_not_valid(drawn: Draw, kind: str):
    sheet = drawn(kind, is_long=True, is_draft=True)
    for at, page in enumerate(sheet.pages, 1):
        assert "KONSEP" in sheet.slanting(at)
        assert "Contoh, bukan surat sungguhan" in page
        assert "Belum bernomor" in page
        assert "kode" not in page.split("Belum bernomor")[1]
    assert "Konsep. Belum ditandatangani, belum berlaku." in sheet.text
    assert "Ditandatangani" not in sheet.text
    assert "Figure" not in sheet.tags
    printed("qpdf", "--check", str(sheet.path))


@EACH
def test_given_an_english_paper_when_drawn_then_it_is_english_all_through(drawn: Draw, kind: str):
    sheet = drawn(kind, language="en")
    with pikepdf.open(sheet.path) as pdf:
        assert pdf.Root.Lang == "en"
    assert "Page 1 of" in sheet.pages[0]
    assert "Halaman" not in sheet.text
    assert "Signed electronically" in sheet.text


def test_given_forty_files_when_receiving_then_every_fingerprint_stands_whole_on_the_receipt(drawn: Draw):
    sheet, letter = drawn("receipt", is_long=True), sample_letter("receipt", is_long=True)
    assert len(letter["files"]) == MANY_FILES
    for file in letter["files"]:
        assert file["sha256"] in sheet.unbroken
    assert letter["statement_sha256"] in sheet.unbroken
    assert "certutil -hashfile" in sheet.text
    assert "paling lambat 10 Desember 2026" in sheet.text


def test_given_a_confidential_receipt_without_files_when_drawn_then_nothing_is_left_empty(drawn: Draw):
    sheet = drawn("receipt")
    for left_out in ("Kantor yang dilaporkan", "Langkah berikutnya", "None"):
        assert left_out not in sheet.text.replace("bagi kantor yang dilaporkan", "")


def test_given_a_value_that_nobody_checked_when_quoted_then_a_star_says_so(drawn: Draw):
    checked = "Rujukan ini belum dicocokkan dengan naskah peraturannya."
    assert "Pasal 25*" in drawn("completion_request").unbroken.replace("Pasal25", "Pasal 25")
    assert checked in drawn("completion_request").text
    assert checked not in drawn("closing_notice").text


def test_given_minutes_when_read_then_the_day_stands_in_words(drawn: Draw):
    said = "Kamis tanggal dua puluh enam bulan November tahun dua ribu dua puluh enam"
    for kind in ("plenary_minutes", "closing_minutes"):
        assert said in drawn(kind).text
    assert "30 (tiga puluh) hari" in drawn("completion_request").text


def test_given_letters_of_other_scripts_when_drawn_then_each_is_there_or_seen_to_be_missing(
    drawn: Draw, tmp_path: Path
):
    letter = sample_letter("closing_notice")
    letter["words"] = "A\ua995\ua9b1B \U0001f600 \u4e2d\u6587 \u202eC\u0007 Ągnieszka Ṣ"
    drawn("closing_notice")  # starts the server
    done = draw(
        template_of("closing_notice"),
        variant="pdf/ua-1",
        letter=letter,
        paper=sample_paper("closing_notice", URL),
    )
    (tmp_path / "odd.pdf").write_bytes(done.content)
    text = Sheet(tmp_path / "odd.pdf").text
    assert done.warnings == ()
    assert "\u202e" not in text
    assert "\ufffdC\ufffd" in text
    assert "Ągnieszka" in text
    for odd in ("\ua995", "\U0001f600", "\u4e2d"):
        assert odd in text or "\ufffd" in text


def test_given_a_very_long_name_and_a_word_without_end_when_drawn_then_nothing_leaves_the_page(
    drawn: Draw, tmp_path: Path
):
    from dataclasses import replace

    drawn("closing_notice")
    letter, paper = sample_letter("closing_notice"), sample_paper("closing_notice", URL)
    letter["words"] = "sangat" * 100
    paper = replace(
        paper,
        office_name="Perwakilan Provinsi "
        + "Kepulauan Siau Tagulandang Biaro dan " * 4
        + "Daerah Sekitarnya",
        signer_role="Kepala " * 30,
        signer_name="W" * 80,
        subject="Pemberitahuan" * 12,
        copies=tuple(f"Pihak yang ke-{at}" for at in range(1, 21)),
    )
    done = draw(template_of("closing_notice"), variant="pdf/ua-1", letter=letter, paper=paper)
    path = tmp_path / "long.pdf"
    path.write_bytes(done.content)
    assert done.warnings == ()
    words = printed("pdftotext", "-bbox", str(path), "-")
    edges = [float(line.split('xMax="')[1].split('"')[0]) for line in words.splitlines() if "<word" in line]
    assert max(edges) <= (210 - 22) / 25.4 * 72 + 1
    assert "Pihak yang ke-20" in Sheet(path).text
