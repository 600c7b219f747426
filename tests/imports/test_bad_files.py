"""Files that somebody changed, made to harm, or saved badly: each is told, nothing is stored."""

import io
import struct
import zipfile
from collections.abc import Callable

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

from ombudsman_app.core.db import db
from ombudsman_app.employers.models import Employer
from ombudsman_app.imports.keeping import store
from ombudsman_app.imports.states import RunState

from .lists import HEADS, HOME, Bringer, csv_of, row, xlsx
from .ods import WRITERS, Again, Cell, ods, package


def _bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        written.writestr("[Content_Types].xml", "spreadsheetml.sheet.main+xml")
        written.writestr("xl/worksheets/sheet1.xml", b"0" * (80 << 20))
    return out.getvalue()


def _far_cell() -> bytes:
    book = Workbook()
    assert book.active is not None
    book.active["A1"], book.active["XFD1048576"] = "Nama", "jauh"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _macros() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx([row(1)]))) as old, zipfile.ZipFile(out, "w") as new:
        for one in old.infolist():
            new.writestr(one.filename, old.read(one.filename))
        new.writestr("xl/vbaProject.bin", b"x")
    return out.getvalue()


REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "zip bomb": ("daftar.xlsx", _bomb, "bomb"),
    "300 columns": ("daftar.xlsx", lambda: _wide(xlsx, 300), "too_many_columns"),
    "201 columns": ("daftar.xlsx", lambda: _wide(xlsx, 201), "too_many_columns"),
    "one cell far away": ("daftar.xlsx", _far_cell, ""),
    "macros": ("daftar.xlsx", _macros, "office"),
    "not a sheet": ("daftar.xlsx", lambda: b"%PDF-1.7\x00\x01\x02" * 100, ""),
    "damaged": ("daftar.xlsx", lambda: xlsx([row(1)])[:-200], "damaged"),
    "NUL in a text": ("daftar.csv", lambda: csv_of([row(1)]).encode() + b"a\x00b", "unknown_type"),
    "letters of no encoding": ("daftar.csv", lambda: b"Nama;NIB\r\n\x81\x8d\xff;1\r\n", "unknown_encoding"),
    "old format": ("daftar.xlsx", lambda: struct.pack("<Q", 0xE11AB1A1E011CFD0) + b"\0" * 4096, ""),
    "ODS zip bomb": ("daftar.ods", lambda: package(" " * (80 << 20)), "bomb"),
    "ODS with 300 columns": ("daftar.ods", lambda: _wide(ods, 300), "too_many_columns"),
    "ODS with 201 columns": ("daftar.ods", lambda: _wide(ods, 201), "too_many_columns"),
    "ODS with a cell repeated": (
        "daftar.ods",
        lambda: ods([[*row(1), Cell("x", times=16_377)]]),
        "too_many_columns",
    ),
    "ODS with a row repeated": ("daftar.ods", lambda: ods([Again(row(1), 1_048_575)]), "too_many_rows"),
    "ODS with rows repeated on many sheets": (
        "daftar.ods",
        lambda: ods([Again(row(1), 150_000)], other=[Again(row(2), 60_000)]),
        "too_many_rows",
    ),
    "ODS with cells beyond all memory": (
        "daftar.ods",
        lambda: ods([Again([Cell("x", times=200)], 199_000)]),
        "too_complex",
    ),
    "ODS with a number that is none": ("daftar.ods", lambda: ods([[Cell("x", times=-4)]]), "damaged"),
    "ODS with a document type": (
        "daftar.ods",
        lambda: package("", content=b"<!-- " + b" " * 9_000 + b'--><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        "damaged",
    ),
    "ODS with a password": (
        "daftar.ods",
        lambda: package("", content=b"\x8f\x01sealed" * 40, manifest=b"<manifest:encryption-data/>"),
        "encrypted",
    ),
    "ODS with macros": ("daftar.ods", lambda: package("", Basic__Standard__m_xml=b"x"), "office"),
    "ODS that is a letter": (
        "daftar.ods",
        lambda: package("", mimetype=b"x.opendocument.text"),
        "unknown_type",
    ),
    "ODS cut off": ("daftar.ods", lambda: ods([row(1)])[:-120], "damaged"),
    "ODS without sheets": ("daftar.ods", lambda: package(""), "damaged"),
}


def _wide(write: Callable[..., bytes], columns: int) -> bytes:
    return write([list(range(columns))], [f"K{number}" for number in range(columns)])


@pytest.mark.parametrize("write", WRITERS)
def test_given_as_many_columns_as_may_be_when_read_then_they_are_shown(
    bringer: Bringer, write: Callable[..., bytes]
) -> None:
    assert "K199" in bringer.page(bringer.brought(_wide(write, 200)), "/columns")


@pytest.mark.parametrize("name", REFUSED)
def test_given_a_file_that_is_no_list_when_sent_then_it_is_told_and_nothing_is_stored(
    bringer: Bringer, name: str
) -> None:
    file_name, make, why = REFUSED[name]
    run_id = bringer.brought(make(), file_name)
    run = bringer.run(run_id)
    assert run.state is RunState.REFUSED
    assert run.refused_for == why or not why
    assert "notice danger" in bringer.page(run_id) or "danger" in bringer.page(run_id)
    assert bringer.visitor.get(f"{HOME}/{run_id}/columns").status_code == 409


@pytest.mark.parametrize(("content", "name"), [(b"", "a.xlsx"), (b"x", "a.pdf"), (b"x", "tanpa ekstensi")])
def test_given_nothing_or_another_kind_when_sent_then_the_field_says_so(
    bringer: Bringer, content: bytes, name: str
) -> None:
    answer = bringer.send(content, name)
    assert answer.status_code == 422
    assert 'id="file-error"' in answer.text


def test_given_a_day_of_the_future_when_sent_then_the_field_says_so(bringer: Bringer) -> None:
    answer = bringer.send(xlsx([row(1)]), as_of="2999-01-01")
    assert answer.status_code == 422
    assert 'id="as_of-error"' in answer.text


def test_given_more_than_thirty_mebibytes_when_sent_then_it_is_told(bringer: Bringer) -> None:
    assert bringer.send(b"x" * ((30 << 20) + 1), "besar.csv").status_code == 422


@pytest.mark.parametrize(
    ("encoding", "sign"),
    [("utf-8", ";"), ("utf-8-sig", ","), ("utf-16", "\t"), ("utf-16-le", ";"), ("cp1252", ",")],
)
def test_given_a_text_in_any_usual_encoding_when_read_then_letters_and_cells_are_right(
    bringer: Bringer, encoding: str, sign: str
) -> None:
    rows = [row(number, name=f"CV Café Naïve {number}") for number in range(1, 4)]
    run_id = bringer.checked(csv_of(rows, sign).encode(encoding), "daftar.csv")
    assert bringer.run(run_id).counts == {"new": 3, "blank": 0}
    assert "CV Café Naïve 2" in bringer.page(run_id, "/rows")


def _odd_book() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "Daftar pemberi kerja"
    sheet.merge_cells("A1:G1")
    for number, line in enumerate((("Nama", "NIB", "Jumlah TK"), ("PT Satu", "9100000000001", "=5+5")), 2):
        for column, cell in enumerate(line, 1):
            sheet.cell(number, column).value = cell
    hidden = book.create_sheet("hidden")
    hidden.sheet_state = "veryHidden"
    for number, cell in enumerate(("Catatan", "=1+1", "=2+2"), 1):
        hidden.cell(number, 1).value = cell
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _odd_document() -> bytes:
    rows = [
        [Cell("Daftar pemberi kerja", across=7)],
        ["Nama", "NIB", "Jumlah TK"],
        ["PT Satu", "9100000000001", Cell(10, formula="of:=5+5")],
    ]
    return ods(rows, (), hidden=[["Catatan"], [Cell(2, formula="of:=1+1")], [Cell(4, formula="of:=2+2")]])


@pytest.mark.parametrize("make", [_odd_book, _odd_document], ids=["xlsx", "ods"])
def test_given_hidden_sheets_merged_cells_and_formulas_when_looked_at_then_they_are_told(
    bringer: Bringer, make: Callable[[], bytes]
) -> None:
    run_id = bringer.brought(make())
    page = bringer.page(run_id, "/columns")
    for told in ("tersembunyi: hidden", "A1:G1", "1 sel dihitung dengan rumus"):
        assert told in page
    assert "2 sel dihitung dengan rumus" in bringer.page(run_id, "/columns?sheet=1")


@pytest.mark.parametrize("write", WRITERS)
def test_given_two_rows_of_heads_when_guessed_then_the_lower_one_counts(
    bringer: Bringer, write: Callable[..., bytes]
) -> None:
    rows = [
        ("Identitas", "", "Tenaga kerja", ""),
        ("Nama Perusahaan", "NIB", "Jumlah TK", "TK Terdaftar"),
        ("PT Satu", "9100000000001", 10, 8),
        ("Nama Perusahaan", "NIB", "Jumlah TK", "TK Terdaftar"),
        ("PT Dua", "9100000000002", 12, 9),
    ]
    run_id = bringer.checked(write(rows, ()))
    run = bringer.run(run_id)
    assert (run.header_row, run.counts) == (2, {"new": 2, "blank": 1})


@pytest.mark.parametrize("write", WRITERS)
def test_given_a_list_that_begins_far_below_when_checked_then_rows_are_numbered_as_the_sheet_does(
    bringer: Bringer, write: Callable[..., bytes]
) -> None:
    rows = [["", "", *HEADS], ["", "", *row(1)], ["", "", *row(2, name="")]]
    run_id = bringer.checked(write([[], [], [], *rows], ()))
    run = bringer.run(run_id)
    assert (run.header_row, run.counts) == (4, {"new": 1, "rejected": 1, "blank": 0})
    assert [one.split("<")[0] for one in bringer.page(run_id, "/rows").split('"soft">')[1:]][-2:] == [
        "5",
        "6",
    ]


def test_given_the_stored_file_is_another_when_applied_then_nothing_is_applied(bringer: Bringer) -> None:
    run_id = bringer.checked(xlsx([row(1)]))
    run = bringer.run(run_id)
    with bringer.app.app_context():
        path = store()._path(run.file.hex)
        path.write_bytes(path.read_bytes()[:-40] + b"\0" * 40)
    assert bringer.step(run_id, "apply").status_code == 409
    assert bringer.run(run_id).refused_for == "changed"
    with bringer.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Employer)) == 0
