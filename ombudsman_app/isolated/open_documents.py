"""ODS: what each sheet of content.xml really holds, told before a library unfolds what is repeated.

In these files a cell or a row says how often it stands there. Blank ones fill the sheet to its edge and mean
nothing; filled ones can make millions of cells out of a line.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from . import verdicts as v

Span = tuple[tuple[int, int], tuple[int, int]]
MERGED = 20  # that are named
# As the library that reads the cells: it knows the words by these prefixes, which all programs write.
_SHEET, _ROW = "table:table", "table:table-row"
_CELLS = frozenset({"table:table-cell", "table:covered-table-cell"})
_COLUMNS_AGAIN, _ROWS_AGAIN = "table:number-columns-repeated", "table:number-rows-repeated"
_COLUMNS_MERGED, _ROWS_MERGED = "table:number-columns-spanned", "table:number-rows-spanned"
_FORMULA = "table:formula"
_FILLED = frozenset(
    {
        *(f"office:{of}value" for of in ("", "string-", "date-", "time-", "boolean-")),
        "office:value-type",
        _FORMULA,
    }
)


@dataclass
class SheetLook:
    """Of one sheet: its formulas, and merged cells as (row, column) of both ends."""

    formulas: int = 0
    merged_count: int = 0
    merged: list[Span] = field(default_factory=list)


class Content:
    """Takes content.xml piece by piece. Nothing of it is held."""

    def __init__(self, most_rows: int, most_columns: int) -> None:
        self.sheets: list[SheetLook] = []
        self.is_broken = False
        self._most_rows, self._most_columns = most_rows, most_columns
        self._row = self._row_times = self._column = self._first = 0
        self._is_filled = False
        self._rows_before = self._rows = 0
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.StartDoctypeDeclHandler = self._refuse

    def feed(self, piece: bytes) -> None:
        """Take the next piece; an empty one ends it.

        Raises Refusal: too_many_rows, too_many_columns, damaged. What is no XML may be sealed by a password:
        that is for the asker to say.
        """
        if self.is_broken:
            return
        try:
            self._parser.Parse(piece, not piece)
        except (expat.ExpatError, ValueError):
            self.is_broken = True
        if not piece:
            self._end_row()

    def _start(self, name: str, given: Mapping[str, str]) -> None:
        if name in _CELLS:
            self._cell(given)
        elif name == _ROW:
            self._end_row()
            self._row_times, self._column, self._is_filled = _number(given, _ROWS_AGAIN), 0, False
        elif name == _SHEET:
            self._end_row()
            self.sheets.append(SheetLook())
            self._rows_before += self._rows
            self._row = self._row_times = self._first = self._rows = 0

    def _cell(self, given: Mapping[str, str]) -> None:
        begins = self._column
        self._column += _number(given, _COLUMNS_AGAIN) if _COLUMNS_AGAIN in given else 1
        if not _FILLED.isdisjoint(given):
            self._is_filled = True
            if self._column > self._most_columns:
                raise v.Refusal(v.TOO_MANY_COLUMNS)
        if self.sheets and _FORMULA in given:
            self.sheets[-1].formulas += (self._column - begins) * self._row_times
        if self.sheets and (_COLUMNS_MERGED in given or _ROWS_MERGED in given):
            self._merge(self.sheets[-1], begins, given)

    def _merge(self, sheet: SheetLook, begins: int, given: Mapping[str, str]) -> None:
        across, down = _number(given, _COLUMNS_MERGED), _number(given, _ROWS_MERGED)
        if across == down == 1:
            return
        sheet.merged_count += 1
        if len(sheet.merged) < MERGED:
            sheet.merged.append(((self._row, begins), (self._row + down - 1, begins + across - 1)))

    def _end_row(self) -> None:
        """Count a row once all its cells were seen; blank ones only between filled ones."""
        if self._is_filled:
            if not self._rows:
                self._first = self._row
            self._rows = self._row + self._row_times - self._first
            if self._rows_before + self._rows > self._most_rows:
                raise v.Refusal(v.TOO_MANY_ROWS)
        self._row += self._row_times
        self._row_times, self._is_filled = 0, False

    def _refuse(self, *_told: object) -> None:
        raise v.Refusal(v.DAMAGED)  # document types hold bombs


def _number(given: Mapping[str, str], name: str) -> int:
    """Return how often, or over how many; 1 where nothing is said."""
    said = given.get(name)
    if said is None:
        return 1
    if not (said.isascii() and said.isdigit() and len(said) <= 10):
        raise v.Refusal(v.DAMAGED)
    return max(1, int(said))
