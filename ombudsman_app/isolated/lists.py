"""Lists that somebody brings: XLSX, ODS or CSV, read once, all their rows written out as lines.

Task `lists`: head {"rows", "columns", "top"} (the most rows of all sheets together, the most columns of one,
how many first rows are shown), body the file, two outs. The first gets JSON: {"format", "encoding",
"delimiter", "sheets": [{"name", "is_hidden", "rows", "columns", "top": [[cell]], "formulas": number,
"merged": ["A1:B2"], "merged_count": number}]}. The second gets lines: number of the sheet, blank, number of
the first row, blank, JSON of up to 500 rows. A cell is text, a number, true or false; "" is empty; days are
text (2026-03-01). Answers {"verdict": "ok"|"refused", "reason"} (`verdicts`).
"""

import io
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from . import ocds, tables
from . import verdicts as v
from .open_documents import MERGED
from .packages import walk
from .server import Ask
from .streams import write
from .texts import read_text
from .wire import TOO_BIG, UNREADABLE, TaskFailed

FILE_BYTES = 30 * 1024 * 1024  # design.md §12 Uploads
UNFOLDED_BYTES = 160 * 1024 * 1024  # more than FI3 says: see ADR 11, "Lists unfold to more"
SHEETS, AT_ONCE = 60, 500
_ZIP = b"PK\x03\x04"
_MARK = b"\xef\xbb\xbf"
Rows = Iterator[Sequence[Any]]


def lists(ask: Ask) -> dict[str, Any]:
    """Read a list within the limits of the asker."""
    if ask.body is None or len(ask.outs) != 2:
        raise TaskFailed(UNREADABLE, "body")
    size = os.fstat(ask.body).st_size
    if size > FILE_BYTES:
        raise TaskFailed(TOO_BIG, "file")
    most = {key: int(ask.head[key]) for key in ("rows", "columns", "top")}
    try:
        if not size:
            raise v.Refusal(v.EMPTY)
        found = _reader_of(ask.body)(ask.body, ask.outs[1], most)
    except v.Refusal as refusal:
        return {"verdict": "refused", "reason": refusal.reason}
    write(ask.outs[0], json.dumps(found, ensure_ascii=False, allow_nan=False).encode(), 0)
    return {"verdict": "ok", "reason": ""}


def _reader_of(body: int) -> Callable[[int, int, Mapping[str, int]], dict[str, Any]]:
    """Choose by how the file begins: a package, JSON, else text."""
    start = os.pread(body, 64, 0)
    if start.startswith(_ZIP):
        return _read_book
    is_json = start.removeprefix(_MARK).lstrip()[:1] == b"{"
    return _read_ocds if is_json else _read_csv


def _read_ocds(body: int, out: int, most: Mapping[str, int]) -> dict[str, Any]:
    rows = ocds.read_package(os.pread(body, os.fstat(body).st_size, 0))
    read = _Lines(out, most).write(0, 1, rows)
    sheet = {**read, "number": 0, "name": "", "is_hidden": False, "formulas": 0}
    sheet |= {"merged": [], "merged_count": 0}
    return {"format": "ocds", "encoding": "utf-8", "delimiter": "", "sheets": [sheet]}


def _read_book(body: int, out: int, most: Mapping[str, int]) -> dict[str, Any]:
    import python_calamine as calamine  # by the one child that reads a list, after its limits are set

    look = tables.Look(most)
    walk(body, UNFOLDED_BYTES, look.seen)
    form = look.form()
    lines = _Lines(out, most)
    try:
        whole = os.pread(body, os.fstat(body).st_size, 0)
        book = calamine.load_workbook(io.BytesIO(whole))
        about = book.sheets_metadata
        if not about or len(about) > SHEETS:
            raise v.Refusal(v.TOO_COMPLEX if about else v.DAMAGED)
        sheets = []
        for number, one in enumerate(about):
            if one.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet, seen = book.get_sheet_by_index(number), look.sheet(number)
            row, column = sheet.start or (0, 0)
            if sheet.end and sheet.end[1] >= most["columns"]:
                raise v.Refusal(v.TOO_MANY_COLUMNS)
            rows = islice(sheet.iter_rows(), row, None)  # it begins with the blank rows above the first
            read = lines.write(number, row + 1, rows, left=column)
            merged = list(sheet.merged_cell_ranges or seen.merged)
            sheets.append(
                {
                    **read,
                    "number": number,
                    "name": one.name,
                    "is_hidden": one.visible != calamine.SheetVisibleEnum.Visible,
                    "formulas": seen.formulas,
                    "merged": [tables.span(*ends) for ends in merged[:MERGED]],
                    "merged_count": seen.merged_count or len(merged),
                }
            )
            del sheet
    except calamine.PasswordError:
        raise v.Refusal(v.ENCRYPTED) from None
    except (calamine.CalamineError, OSError, ValueError):
        raise v.Refusal(v.DAMAGED) from None
    return {"format": form, "encoding": "", "delimiter": "", "sheets": sheets}


def _read_csv(body: int, out: int, most: Mapping[str, int]) -> dict[str, Any]:
    rows, encoding, delimiter = read_text(body, most["columns"])
    read = _Lines(out, most).write(0, 1, rows)
    sheet = {**read, "number": 0, "name": "", "is_hidden": False, "formulas": 0}
    sheet |= {"merged": [], "merged_count": 0}
    return {"format": "csv", "encoding": encoding, "delimiter": delimiter, "sheets": [sheet]}


class _Lines:
    """Writes rows out, and keeps the first ones of each sheet."""

    def __init__(self, out: int, most: Mapping[str, int]) -> None:
        self._out, self._most, self._at, self._left = out, most, 0, most["rows"]

    def write(self, sheet: int, first: int, rows: Rows, *, left: int = 0) -> dict[str, Any]:
        top: list[list[Any]] = []
        count = columns = 0
        lead = [""] * left
        while batch := [row for _, row in zip(range(AT_ONCE), rows, strict=False)]:
            if lead:
                batch = [[*lead, *row] for row in batch]
            columns = max(columns, *map(len, batch))
            self._left -= len(batch)
            if self._left < 0:
                raise v.Refusal(v.TOO_MANY_ROWS)
            if len(top) < self._most["top"]:
                top += [_plain(row) for row in batch[: self._most["top"] - len(top)]]
            said = f"{sheet} {first + count} {_json(batch)}\n".encode()
            write(self._out, said, self._at)
            self._at += len(said)
            count += len(batch)
        return {"first": first, "rows": count, "columns": columns, "top": top}


def _json(rows: Sequence[Sequence[Any]]) -> str:
    try:
        return json.dumps(rows, ensure_ascii=False, allow_nan=False, default=_word, separators=(",", ":"))
    except ValueError:  # a number that is none
        return json.dumps([_plain(row) for row in rows], ensure_ascii=False, separators=(",", ":"))


def _plain(row: Sequence[Any]) -> list[Any]:
    return [_cell(cell) for cell in row]


def _cell(cell: object) -> object:
    if isinstance(cell, float) and (cell != cell or cell in (float("inf"), float("-inf"))):  # noqa: PLR0124
        return ""
    return cell if isinstance(cell, str | float | int | bool) else _word(cell)


def _word(cell: object) -> str:
    if isinstance(cell, datetime):
        is_day = (cell.hour, cell.minute, cell.second) == (0, 0, 0)
        return cell.date().isoformat() if is_day else cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell) if isinstance(cell, timedelta) else ""
