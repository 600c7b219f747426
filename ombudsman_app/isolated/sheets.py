"""XLSX: the cells of a workbook as plain rows, with what hides in it: formulas, merged cells, hidden sheets.

Task `sheets`: head {"sheets", "rows", "columns"} (the most that is taken), body the file, one out, which gets
JSON: [{"name", "is_hidden", "rows": [[cell]], "formulas": ["B5"], "merged": ["A1:B2"]}]. A cell is text, a
number, true, false or null; days are text. Answers {"verdict": "ok"|"refused", "reason"} (`verdicts`).
"""

import io
import json
import os
import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import PurePosixPath
from typing import Any
from xml.parsers import expat

from . import verdicts as v
from .packages import members_of
from .server import Ask
from .streams import write
from .wire import TOO_BIG, UNREADABLE, TaskFailed

FILE_BYTES = 30 * 1024 * 1024  # design.md §12 Uploads
FORMULAS = 100  # that are named; more are as wrong
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})", re.ASCII)
_ZIP = b"PK\x03\x04"
_BOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_TYPES = "[Content_Types].xml"
_MAIN = "spreadsheetml.sheet.main+xml"
_NAMESPACES = " "  # between the address of a vocabulary and the word


def sheets(ask: Ask) -> dict[str, Any]:
    """Read a workbook within the limits of the asker."""
    if ask.body is None or len(ask.outs) != 1:
        raise TaskFailed(UNREADABLE, "body")
    if os.fstat(ask.body).st_size > FILE_BYTES:
        raise TaskFailed(TOO_BIG, "file")
    most = {key: int(ask.head[key]) for key in ("sheets", "rows", "columns")}
    try:
        found = _read(ask.body, most)
    except v.Refusal as refusal:
        return {"verdict": "refused", "reason": refusal.reason}
    write(ask.outs[0], json.dumps(found, ensure_ascii=False, allow_nan=False).encode(), 0)
    return {"verdict": "ok", "reason": ""}


def _read(body: int, most: Mapping[str, int]) -> list[dict[str, Any]]:
    if os.pread(body, len(_ZIP), 0) != _ZIP:
        raise v.Refusal(v.EMPTY if os.fstat(body).st_size == 0 else v.UNKNOWN_TYPE)
    members = members_of(body)
    if _MAIN.encode() not in members.get(_TYPES, b""):
        raise v.Refusal(v.OFFICE if b"macroEnabled" in members.get(_TYPES, b"") else v.UNKNOWN_TYPE)
    if any(name.lower().endswith("vbaproject.bin") for name in members):
        raise v.Refusal(v.OFFICE)
    places = _places(members)
    if len(places) > most["sheets"]:
        raise v.Refusal(v.TOO_COMPLEX)
    looks = {name: _Look(members[place], most) for name, (place, _hidden) in places.items()}
    rows = _cells(body, list(places))
    return [
        {
            "name": name,
            "is_hidden": is_hidden,
            "rows": rows[name][0],
            "formulas": looks[name].formulas,
            "merged": rows[name][1],
        }
        for name, (_place, is_hidden) in places.items()
    ]


def _cells(body: int, names: list[str]) -> dict[str, tuple[list[list[Any]], list[str]]]:
    """Return rows and merged ranges by sheet, as the library reads them."""
    import python_calamine as calamine  # by the one child that reads a sheet, after its limits are set

    found = {}
    try:
        whole = os.pread(body, os.fstat(body).st_size, 0)
        book = calamine.load_workbook(io.BytesIO(whole))
        if book.sheet_names != names:
            raise v.Refusal(v.DAMAGED)  # the two readings of one file differ
        for name in names:
            sheet = book.get_sheet_by_name(name)
            rows = [[_plain(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
            merged = [
                f"{_address(*first)}:{_address(*last)}" for first, last in sheet.merged_cell_ranges or ()
            ]
            found[name] = (rows, merged)
    except (calamine.CalamineError, OSError, ValueError):
        raise v.Refusal(v.DAMAGED) from None
    return found


def _plain(cell: object) -> str | float | bool | None:
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    if isinstance(cell, float) and (cell != cell or cell in (float("inf"), float("-inf"))):  # noqa: PLR0124
        return None
    return cell if isinstance(cell, str | float | int | bool) and cell != "" else None


def _address(row: int, column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def _places(members: Mapping[str, bytes]) -> dict[str, tuple[str, bool]]:
    """Return by name of the sheet where it lies and whether it is hidden, in their order."""
    listed: list[dict[str, str]] = []
    targets: dict[str, str] = {}

    def on_book(name: str, given: dict[str, str]) -> None:
        if name == "sheet":
            listed.append(given)

    def on_relation(name: str, given: dict[str, str]) -> None:
        if name == "Relationship":
            targets[given.get("Id", "")] = given.get("Target", "")

    _walk(members.get(_BOOK, b""), on_book)
    _walk(members.get(_RELATIONS, b""), on_relation)
    found: dict[str, tuple[str, bool]] = {}
    for sheet in listed:
        target = targets.get(sheet.get("id", ""), "")
        place = target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl", target))
        if place not in members or sheet.get("name", "") in found:
            raise v.Refusal(v.DAMAGED)
        found[sheet.get("name", "")] = (place, sheet.get("state", "visible") != "visible")
    if not found:
        raise v.Refusal(v.DAMAGED)
    return found


class _Look:
    """One look over a sheet before the library sees it: is it small enough, and where are formulas?"""

    def __init__(self, content: bytes, most: Mapping[str, int]) -> None:
        self.formulas: list[str] = []
        self._most = most
        self._at = ""
        self._rows = self._cells_in_row = 0
        _walk(content, self._on)

    def _on(self, name: str, given: dict[str, str]) -> None:
        if name == "row":
            self._rows += 1
            self._cells_in_row = 0
            self._refuse_far(self._rows, int(given.get("r", "0")[:8] or 0))
        elif name == "c":
            self._cells_in_row += 1
            self._at = given.get("r", "")
            cell = _CELL.fullmatch(self._at)
            if self._at and not cell:
                raise v.Refusal(v.DAMAGED)
            self._refuse_far(int(cell[2]) if cell else 0, 0, _column(cell[1]) if cell else self._cells_in_row)
        elif name == "f" and len(self.formulas) < FORMULAS:
            self.formulas.append(self._at or "?")

    def _refuse_far(self, row: int, other_row: int, column: int = 0) -> None:
        """A single cell far away makes a library hold everything before it."""
        if max(row, other_row) > self._most["rows"] or column > self._most["columns"]:
            raise v.Refusal(v.TOO_COMPLEX)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _walk(content: bytes, on_start: Any) -> None:
    """Tell the bare name and the bare attributes of each element. No document types: they hold bombs."""
    parser = expat.ParserCreate(namespace_separator=_NAMESPACES)

    def start(name: str, given: dict[str, str]) -> None:
        bare = {key.rpartition(_NAMESPACES)[2]: value for key, value in given.items()}
        on_start(name.rpartition(_NAMESPACES)[2], bare)

    def refuse(*_told: object) -> None:
        raise v.Refusal(v.DAMAGED)

    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError):
        raise v.Refusal(v.DAMAGED) from None
