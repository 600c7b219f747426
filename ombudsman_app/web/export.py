"""The one door through which tables leave as sheets (OU6). For jobs: no web process loads the library.

What everybody may read leaves as CSV, which a page writes itself.
"""

import csv
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING, Any, Literal
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
Kind = Literal["text", "number", "exact", "day"]
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")  # what some program takes for the start of a formula
_CELL = 32_767  # characters that a cell of this format can hold
_SHEET_NAME = 31


@dataclass(frozen=True)
class Column:
    """One column. `meaning` stands on the sheet of definitions; `width` in characters."""

    title: str
    kind: Kind
    width: int
    meaning: str


@dataclass(frozen=True)
class About:
    """What the sheet says of itself: its title, who asked and why, as of when, by which filters."""

    title: str
    mark: str  # the watermark: on every printed page, and first on the sheet of definitions
    as_of: datetime
    zone: str
    lines: Sequence[tuple[str, str]]


def harmless(text: str) -> str:
    """Return a text that no program takes for a formula, full-width signs too; nothing is cut unseen."""
    start = unicodedata.normalize("NFKC", text[:1])
    plain = f"'{text}" if start.startswith(_STARTS) or text.startswith(_STARTS) else text
    return plain if len(plain) <= _CELL else f"{plain[: _CELL - 1]}…"


def write_csv(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a CSV that spreadsheets read as UTF-8, each text harmless. What is short, not a register."""
    out = StringIO()
    sheet = csv.writer(out, lineterminator="\r\n")
    sheet.writerow([harmless(one) for one in head])
    sheet.writerows([harmless(one) for one in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def write_sheet(
    columns: Sequence[Column], rows: Iterable[Sequence[Any]], about: About, *, scratch: Path
) -> bytes:
    """Return an XLSX of rows that come one by one, with a sheet that says what each column means.

    Needs no more memory for many rows than for few, beside the file itself. `scratch` is a folder
    for this sheet alone: it is made, and is gone afterwards. A value of None is an empty cell.
    """
    from xlsxwriter import Workbook

    out = BytesIO()
    rmtree(scratch, ignore_errors=True)  # of an attempt that was killed
    scratch.mkdir(mode=0o700, parents=True)
    book = Workbook(
        out,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "tmpdir": str(scratch),
        },
    )
    try:
        book.set_properties({"title": about.title, "comments": about.mark})
        looks = _Looks(book)
        _data(book.add_worksheet(about.title[:_SHEET_NAME]), columns, rows, about, looks)
        _definitions(book.add_worksheet(_("Definitions")), columns, about, looks)
        book.close()
    finally:
        for sheet in book.worksheets():
            if handle := getattr(sheet, "row_data_fh", None):  # left open where rows broke off
                handle.close()
        rmtree(scratch, ignore_errors=True)
    return out.getvalue()


class _Looks:
    def __init__(self, book: "Workbook") -> None:
        self.head: Format = book.add_format(
            {"bold": True, "bg_color": "#0B5D4E", "font_color": "#FFFFFF", "text_wrap": True, "valign": "top"}
        )
        self.bold: Format = book.add_format({"bold": True, "valign": "top"})
        self.text: Format = book.add_format({"text_wrap": True, "valign": "top"})
        self.day: Format = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
        self.instant: Format = book.add_format({"num_format": "yyyy-mm-dd hh:mm", "align": "left"})
        self.number: Format = book.add_format({"num_format": "0", "valign": "top"})
        self.exact: Format = book.add_format({"num_format": "0.00########", "valign": "top"})


def _data(
    sheet: "Worksheet", columns: Sequence[Column], rows: Iterable[Sequence[Any]], about: About, looks: _Looks
) -> None:
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L&8{about.mark.replace('&', '&&')}&R&8&P / &N")
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, harmless(column.title), looks.head)
    line = 0
    for line, row in enumerate(rows, 1):
        for place, (column, value) in enumerate(zip(columns, row, strict=True)):
            _cell(sheet, (line, place), column.kind, value, looks)
    sheet.autofilter(0, 0, line, len(columns) - 1)


def _cell(sheet: "Worksheet", at: tuple[int, int], kind: Kind, value: Any, looks: _Looks) -> None:
    if value is None:
        return
    if kind == "number":
        sheet.write_number(*at, value, looks.number)
    elif kind == "exact":  # a decimal, all of its places
        sheet.write_number(*at, value, looks.exact)
    elif kind == "day":
        sheet.write_datetime(*at, _midnight(value), looks.day)
    else:
        sheet.write_string(*at, harmless(value), looks.text)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a day of a sheet has no zone


def _definitions(sheet: "Worksheet", columns: Sequence[Column], about: About, looks: _Looks) -> None:
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 90)
    sheet.write_string(0, 0, harmless(about.title), looks.bold)
    sheet.write_string(0, 1, harmless(about.mark), looks.text)
    sheet.write_string(1, 0, _("As of (%(zone)s)", zone=about.zone), looks.bold)
    local = about.as_of.astimezone(ZoneInfo(about.zone)).replace(tzinfo=None)
    sheet.write_datetime(1, 1, local, looks.instant)
    line = 1
    for line, (name, words) in enumerate(about.lines, 2):
        sheet.write_string(line, 0, harmless(name), looks.bold)
        sheet.write_string(line, 1, harmless(words), looks.text)
    sheet.write_string(line + 2, 0, _("Column"), looks.head)
    sheet.write_string(line + 2, 1, _("What it means"), looks.head)
    for number, column in enumerate(columns, line + 3):
        sheet.write_string(number, 0, harmless(column.title), looks.bold)
        sheet.write_string(number, 1, harmless(column.meaning), looks.text)
