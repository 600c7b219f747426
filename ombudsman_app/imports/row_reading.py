"""Raw cells of a sheet become typed values: one compiled reader for each column, no objects for a row."""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any, NamedTuple

from .keeping import Lines
from .kinds import BATCH, CellRefused, Context, ImportKind, Notes, Reader, Reason


class Read(NamedTuple):
    """A batch of rows: those that can be read, and those that cannot with their cells and reasons."""

    last: int
    rows: list[tuple[int, Sequence[Any]]]
    notes: dict[int, list[Reason]]
    refused: dict[int, tuple[list[Any], list[Reason]]]
    raw: dict[int, list[Any]]


class _Column(NamedTuple):
    """How one column is read. `known`: what was read before; a cell that is there needs no reader.

    Of a column that is needed nothing is known: that it says nothing must be told of each row.
    """

    place: int  # in the sheet; -1: it has no such column
    name: str
    reader: Reader
    known: dict[Any, Any]
    is_needed: bool


class _Odd(NamedTuple):
    """What was remarked in some lines: notes of what was taken, and why a row is not; by place of the row."""

    notes: dict[int, list[Reason]]
    wrong: dict[int, list[Reason]]


class RowReader:
    """Reads the rows of one sheet as one kind of list wants them.

    Column by column, some hundred rows at once: a column whose cells repeat is read by one look-up a cell.
    """

    def __init__(
        self, kind: ImportKind, context: Context, mapping: Mapping[str, str], heads: Sequence[str]
    ) -> None:
        readers = kind.readers(context)
        place_of = {name: int(place) for place, name in mapping.items()}
        self._plan = [
            _Column(
                place_of.get(column.name, -1),
                column.name,
                readers[column.name],
                {} if column.is_needed else getattr(readers[column.name], "known", {}),
                column.is_needed,
            )
            for column in kind.columns
        ]
        self._heads = [head for head in heads if head]
        self.blank = 0

    def batches(self, lines: Iterator[Lines], header_row: int) -> Iterator[Read]:
        """Yield the rows below the heads, up to BATCH at a time."""
        read = _empty()
        for line in lines:
            self._take(self._below(line, header_row), read)
            if len(read.rows) + len(read.refused) >= BATCH:
                yield read._replace(last=line.first + len(line.rows) - 1)
                read = _empty()
        if read.rows or read.refused:
            yield read._replace(last=max((*read.raw, *read.refused)))

    def _below(self, line: Lines, header_row: int) -> dict[int, list[Any]]:
        """Return the rows that say something, by number, without the blank cells at their ends."""
        found = {}
        for number, cells in enumerate(line.rows, line.first):
            if number <= header_row:
                continue
            while cells and cells[-1] == "":
                cells.pop()
            if not cells or self._is_heads_again(cells):
                self.blank += 1
                continue
            found[number] = cells
        return found

    def _take(self, given: dict[int, list[Any]], read: Read) -> None:
        odd = _Odd({}, {})
        turned = list(zip_longest(*given.values(), fillvalue=""))
        nothing = ("",) * len(given)
        columns = [
            _values(one, turned[one.place] if 0 <= one.place < len(turned) else nothing, odd)
            for one in self._plan
        ]
        for at, (number, values) in enumerate(zip(given, zip(*columns, strict=True), strict=True)):
            if at in odd.wrong:
                read.refused[number] = (given[number], odd.wrong[at])
                continue
            read.rows.append((number, values))
            read.raw[number] = given[number]
            if at in odd.notes:
                read.notes[number] = odd.notes[at]

    def _is_heads_again(self, cells: list[Any]) -> bool:
        """Whether the heads are repeated, as lists do that were put together from pages."""
        heads = self._heads
        if not heads or heads[0] not in cells:
            return False
        said = [str(cell).strip() for cell in cells if cell != ""]
        return said == heads[: len(said)]


def _values(column: _Column, cells: Sequence[Any], odd: _Odd) -> list[Any]:
    """Return what the cells of one column say; of a cell that is blank or cannot be read, None."""
    known = column.known
    if not column.is_needed:
        known[""] = None
    try:
        return [known[cell] for cell in cells]
    except KeyError:
        return [
            known[cell] if cell in known else _value(column, cell, at, odd) for at, cell in enumerate(cells)
        ]


def _value(column: _Column, cell: Any, at: int, odd: _Odd) -> Any:
    notes: Notes = []
    value = None
    if cell != "":
        try:
            value = column.reader(cell, notes)
        except CellRefused as refused:
            odd.wrong.setdefault(at, []).append((column.name, refused.code, *refused.details))
            return None
    if value is None and column.is_needed:
        odd.wrong.setdefault(at, []).append((column.name, "missing"))
    if notes:
        odd.notes.setdefault(at, []).extend(notes)
    return value


def _empty() -> Read:
    return Read(0, [], {}, {}, {})


_encode = json.JSONEncoder(separators=(",", ":")).encode
_SAID = 5_000  # different sets of reasons that are remembered


def reasons_text(reasons: Sequence[Reason], known: dict[Any, str]) -> str | None:
    """Return reasons as they are stored; `known` remembers what was written before."""
    if not reasons:
        return None
    key = tuple(map(tuple, reasons))
    text = known.get(key)
    if text is None:
        if len(known) > _SAID:
            known.clear()
        text = known[key] = _encode(key)[:2_000]
    return text
