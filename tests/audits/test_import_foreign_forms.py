"""A form that somebody changed, or made to harm, is refused with the row that is wrong."""

import io
import struct
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from openpyxl import Workbook, load_workbook

from ombudsman_app.audits.scoring.definition import as_mapping, read_definition
from ombudsman_app.audits.scoring.doors import export_xlsform, import_xlsform
from ombudsman_app.audits.scoring.problems import SENTENCES, InstrumentInvalid
from ombudsman_app.core.children import ChildFailed

from ..children import child_server
from .small_instruments import dimension, indicator, instrument

# Rows of the survey: 2 the group; 3, 5 and 7 the questions, each with its evidence below; 9 the end.
SMALL = read_definition(
    instrument(
        dimension(
            "only",
            "100",
            indicator("first", weight="40", answer_type="scale4"),
            indicator("second", weight="30", relevant_if={"indicator": "first", "is": ["4"]}),
            indicator(
                "third",
                weight="30",
                answer_type="measure",
                thresholds=[{"max": 15, "score": 100}, {"score": 0}],
            ),
        )
    )
)
FORM = export_xlsform(SMALL)


@pytest.fixture(scope="module", autouse=True)
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A bare application beside a real child server; no database is needed."""
    folder = tmp_path_factory.mktemp("run")
    app = Flask("bare")
    app.extensions["settings"] = SimpleNamespace(run_dir=folder)
    with child_server(folder, "parse"), app.app_context():
        yield app


def _changed(change: Callable[[Workbook], object]) -> bytes:
    book = load_workbook(io.BytesIO(FORM))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _set(sheet: str, row: int, column: str, value: Any) -> Callable[[Workbook], object]:
    """Change one cell of a row, by the head of its column."""

    def change(book: Workbook) -> None:
        heads = [cell.value for cell in book[sheet][1]]
        book[sheet].cell(row, heads.index(column) + 1).value = value

    return change


_cell = partial(_set, "survey")


def _found(content: bytes) -> list[tuple[str, str]]:
    with pytest.raises(InstrumentInvalid) as refused:
        import_xlsform(content)
    for problem in refused.value:
        assert problem.code in SENTENCES
        assert problem.sentence
    return [(problem.where, problem.code) for problem in refused.value]


def test_given_a_form_that_another_program_saved_when_imported_then_nothing_is_lost() -> None:
    assert import_xlsform(_changed(lambda _book: None)) == as_mapping(SMALL)


def test_given_numbers_and_flags_typed_as_such_when_imported_then_they_are_taken() -> None:
    def change(book: Workbook) -> None:
        _set("survey", 3, "kawal_weight", 40)(book)
        _set("survey", 5, "kawal_weight", 30.0)(book)
        _set("survey", 3, "kawal_critical", False)(book)
        _set("settings", 2, "kawal_min_denominator", 5)(book)
        _set("survey", 5, "relevant", "selected(${first}, '4')")(book)

    assert import_xlsform(_changed(change)) == as_mapping(SMALL)


def test_given_another_weight_when_imported_then_the_instrument_has_it() -> None:
    def change(book: Workbook) -> None:
        _set("survey", 3, "kawal_weight", "39.5")(book)
        _set("survey", 5, "kawal_weight", "30.5")(book)

    weights = [one["weight"] for one in import_xlsform(_changed(change))["dimensions"][0]["indicators"]]
    assert weights == ["39.5", "30.5", "30"]


CHANGES: list[tuple[str, Callable[[Workbook], object], str, str]] = [
    ("a formula", _cell(3, "kawal_weight", "=20+20"), "row 3, O3", "formula"),
    ("merged cells", lambda b: b["survey"].merge_cells("C3:D4"), "row 3, C3:D4", "merged"),
    ("a hidden sheet", lambda b: setattr(b["choices"], "sheet_state", "hidden"), "choices", "sheet_hidden"),
    ("a very hidden one",
     lambda b: setattr(b["choices"], "sheet_state", "veryHidden"), "choices", "sheet_hidden"),
    ("no choices", lambda b: b.remove(b["choices"]), "choices", "sheet_missing"),
    ("a sheet more", lambda b: b.create_sheet("external_choices"), "external_choices", "sheet_unknown"),
    ("a strange column", _cell(1, "parameters", "paramters"), "row 1, paramters", "column_unknown"),
    ("a column twice", _cell(1, "parameters", "name"), "row 1, name", "column_double"),
    ("a cell without head", lambda b: b["survey"].cell(3, 40, "x"), "row 3", "cell_without_head"),
    ("a name twice", _cell(5, "name", "first"), "row 5, name", "row_double"),
    ("a choice twice", _set("choices", 3, "name", "yes"), "choices row 3", "row_double"),
    ("settings twice", lambda b: b["settings"].append(["x"]), "settings row 3", "row_double"),
    ("another version", _set("settings", 2, "version", "new"), "settings row 2, version", "bad_version"),
    ("no settings", lambda b: b["settings"].delete_rows(2), "settings row 2", "missing"),
    ("another role", _cell(3, "kawal_role", "boss"), "row 3, kawal_role", "role_unknown"),
    ("no role", _cell(3, "kawal_role", None), "row 3, kawal_role", "role_unknown"),
    ("outside a group", _cell(2, "kawal_role", "end"), "row 3, kawal_role", "row_outside"),
    ("another group", _cell(2, "type", "begin_repeat"), "row 2, type", "type_differs"),
    ("a group with a condition",
     _cell(2, "relevant", "true()"), "row 2, relevant", "relevance_not_understood"),
    ("another type", _cell(3, "type", "text"), "row 3, type", "type_differs"),
    ("another answer", _cell(3, "kawal_answer_type", "stars"), "row 3, kawal_answer_type", "unknown_choice"),
    ("no weight", _cell(3, "kawal_weight", None), "row 3", "missing"),
    ("weights off", _cell(3, "kawal_weight", "41"), "row 2, indicators", "weights_do_not_sum"),
    ("no English", _cell(3, "label::English (en)", None), "row 3", "missing"),
    ("another flag", _cell(3, "kawal_critical", "maybe"), "row 3, kawal_critical", "unknown_choice"),
    ("another evidence", _cell(3, "kawal_evidence", "rumour"), "row 3, kawal_evidence", "unknown_choice"),
    ("thresholds",
     _cell(7, "kawal_thresholds", "15 -> 100"), "row 7, kawal_thresholds", "threshold_not_understood"),
    ("no last threshold",
     _cell(7, "kawal_thresholds", "max 15 = 100"), "row 7, kawal_thresholds", "thresholds_catch_all"),
    ("a whole number", _cell(3, "kawal_respondents", "four"), "row 3, kawal_respondents", "not_whole"),
    ("a free condition", _cell(5, "relevant", "${first} > 2"), "row 5, relevant", "relevance_not_understood"),
    ("a circle", _cell(3, "relevant", "${second} = 'yes'"), "row 3, relevant", "relevance_cycle"),
    ("on itself", _cell(5, "relevant", "${second} = 'yes'"), "row 5, relevant", "relevance_of_itself"),
    ("on nobody", _cell(5, "relevant", "${ninth} = 'yes'"), "row 5, relevant", "relevance_unknown"),
    ("a scale without an end",
     lambda b: b["choices"].delete_rows(8), "settings row 2, anchors_id", "anchors_unfit"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "where", "code"), [row[1:] for row in CHANGES], ids=[row[0] for row in CHANGES]
)
def test_given_a_changed_form_when_imported_then_the_row_is_named(
    change: Callable[[Workbook], object], where: str, code: str
) -> None:
    assert (f"survey {where}" if where.startswith("row") else where, code) in _found(_changed(change))


def test_given_a_circle_when_imported_then_it_is_shown() -> None:
    with pytest.raises(InstrumentInvalid) as refused:
        import_xlsform(_changed(_set("survey", 3, "relevant", "${second} = 'yes'")))
    assert "first → second → first" in str(refused.value)


def test_given_many_slips_when_imported_then_all_are_named() -> None:
    def change(book: Workbook) -> None:
        _set("survey", 3, "kawal_weight", "=1")(book)
        _set("survey", 5, "kawal_component", "C77")(book)
        _set("survey", 7, "label::English (en)", None)(book)
        book["choices"].sheet_state = "hidden"

    assert {"formula", "unknown_choice", "missing", "sheet_hidden"} <= {
        code for _w, code in _found(_changed(change))
    }


def _repacked(change: Callable[[dict[str, bytes]], object]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(FORM)) as package:
        members = {name: package.read(name) for name in package.namelist()}
    change(members)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return out.getvalue()


def _replace(name: str, old: bytes, new: bytes) -> bytes:
    def change(members: dict[str, bytes]) -> None:
        assert old in members[name]
        members[name] = members[name].replace(old, new, 1)

    return _repacked(change)


TYPES = "[Content_Types].xml"
SHEET = "xl/worksheets/sheet1.xml"
DOCTYPE = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet'


def _overlapping() -> bytes:
    """Let two entries of the directory name one and the same piece of the file."""
    raw = bytearray(
        _repacked(lambda members: members.update({"xl/a.bin": b"a" * 500, "xl/b.bin": b"b" * 500}))
    )
    first = raw.find(b"PK\x01\x02")
    places = []
    while first >= 0:
        places.append(first)
        first = raw.find(b"PK\x01\x02", first + 4)
    raw[places[-1] + 42 : places[-1] + 46] = raw[places[-2] + 42 : places[-2] + 46]
    return bytes(raw)


def _encrypted() -> bytes:
    raw = bytearray(FORM)
    at = raw.find(b"PK\x01\x02")
    raw[at + 8 : at + 10] = struct.pack("<H", 1)
    return bytes(raw)


HARMFUL: list[tuple[str, Callable[[], bytes], str]] = [
    ("nothing", lambda: b"", "empty"),
    ("words", lambda: b"hello", "unknown_type"),
    ("a picture", lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "unknown_type"),
    ("an old workbook", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "unknown_type"),
    ("half a workbook", lambda: FORM[: len(FORM) // 2], "damaged"),
    ("another package", lambda: _repacked(lambda m: m.update({TYPES: b"<Types/>"})), "unknown_type"),
    (
        "macros",
        lambda: _replace(TYPES, b"spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml"),
        "office",
    ),
    ("hidden macros", lambda: _repacked(lambda m: m.update({"xl/vbaProject.bin": b"x"})), "office"),
    ("a bomb", lambda: _repacked(lambda m: m.update({"xl/big.xml": bytes(30 << 20)})), "bomb"),
    (
        "many members",
        lambda: _repacked(lambda m: m.update({f"x/{n}": b"" for n in range(1100)})),
        "too_complex",
    ),
    ("overlapping members", _overlapping, "bomb"),
    ("a password", _encrypted, "encrypted"),
    ("a document type", lambda: _replace(SHEET, b"<worksheet", DOCTYPE), "damaged"),
    ("broken XML", lambda: _replace(SHEET, b"</sheetData>", b""), "damaged"),
    ("a cell far right", lambda: _replace(SHEET, b'r="A1"', b'r="XFD1"'), "too_complex"),
    ("a row far below", lambda: _replace(SHEET, b'<row r="2"', b'<row r="1048576"'), "too_complex"),
    ("a cell far below", lambda: _replace(SHEET, b'r="A2"', b'r="A1048576"'), "too_complex"),
    ("a strange cell", lambda: _replace(SHEET, b'r="A1"', b'r="1A"'), "damaged"),
    ("a sheet that is not there", lambda: _repacked(lambda m: m.pop(SHEET)), "damaged"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "reason"), [row[1:] for row in HARMFUL], ids=[row[0] for row in HARMFUL])
def test_given_a_harmful_file_when_imported_then_the_reason_is_told_and_the_next_one_works(
    content: Callable[[], bytes], reason: str
) -> None:
    with pytest.raises(InstrumentInvalid) as refused:
        import_xlsform(content())
    assert [(one.code, one.values["reason"]) for one in refused.value] == [("sheet_unreadable", reason)]
    assert import_xlsform(FORM) == as_mapping(SMALL)


def test_given_a_file_above_the_limit_when_imported_then_nobody_opens_it() -> None:
    assert _found(b"PK\x03\x04" + bytes(3 << 20)) == [("", "file_too_large")]


def _reasons(content: bytes) -> list[str]:
    """Return why a file was not read; nothing if it was."""
    try:
        import_xlsform(content)
    except InstrumentInvalid as refused:
        return [one.values.get("reason", one.code) for one in refused]
    return []


def test_given_any_single_byte_changed_when_imported_then_it_is_taken_or_refused_but_never_breaks() -> None:
    found = []
    for place in range(0, len(FORM), max(1, len(FORM) // 60)):
        raw = bytearray(FORM)
        raw[place] ^= 0x55
        found += _reasons(bytes(raw))
    assert "damaged" in found
    assert not {"broken", "too_big", "too_long"} & set(found)


def test_given_nobody_who_reads_when_imported_then_it_can_be_tried_again(
    reader: Flask, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = Flask("elsewhere")
    elsewhere.extensions["settings"] = SimpleNamespace(run_dir=tmp_path_factory.mktemp("nobody"))
    with elsewhere.app_context(), pytest.raises(ChildFailed) as failed:
        import_xlsform(FORM)
    assert failed.value.is_passing
