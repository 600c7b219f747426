"""Raw cells of a sheet become typed values: one compiled reader for each column, no objects for a row."""

import json
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from .keeping import Lines
from .kinds import BATCH, CellRefused, Context, ImportKind, Notes, Reason


class Read(NamedTuple):
    """A batch of rows: those that can be read, and those that cannot with their cells and reasons."""

    last: int
    rows: list[tuple[int, list[Any]]]
    notes: dict[int, list[Reason]]
    refused: dict[int, tuple[list[Any], list[Reason]]]
    raw: dict[int, list[Any]]


_NOTHING: Mapping[Any, Any] = MappingProxyType({})


class RowReader:
    """Reads the rows of one sheet as one kind of list wants them."""

    def __init__(
        self, kind: ImportKind, context: Context, mapping: Mapping[str, str], heads: Sequence[str]
    ) -> None:
        readers = kind.readers(context)
        place_of = {name: int(place) for place, name in mapping.items()}
        self._plan = [
            (place_of.get(column.name, -1), column.name, readers[column.name], column.is_needed)
            for column in kind.columns
        ]
        self._known = [getattr(reader, "known", _NOTHING) for _place, _name, reader, _needed in self._plan]
        self._heads = [head for head in heads if head]
        self.blank = 0

    def batches(self, lines: Iterator[Lines], header_row: int) -> Iterator[Read]:
        """Yield the rows below the heads, up to BATCH at a time."""
        read = _empty()
        for line in lines:
            for number, cells in enumerate(line.rows, line.first):
                if number > header_row:
                    self._take(number, cells, read)
            if len(read.rows) + len(read.refused) >= BATCH:
                yield read._replace(last=line.first + len(line.rows) - 1)
                read = _empty()
        if read.rows or read.refused:
            yield read._replace(last=max((*read.raw, *read.refused)))

    def _take(self, number: int, cells: list[Any], read: Read) -> None:
        while cells and cells[-1] == "":
            cells.pop()
        if not cells or self._is_heads_again(cells):
            self.blank += 1
            return
        values: list[Any] = []
        notes: Notes = []
        wrong: list[Reason] = []
        have = len(cells)
        for known, (place, name, reader, is_needed) in zip(self._known, self._plan, strict=True):
            cell = cells[place] if 0 <= place < have else ""
            if cell == "":
                values.append(None)
                if is_needed:
                    wrong.append((name, "missing"))
                continue
            if cell in known:
                values.append(known[cell])
                continue
            try:
                value = reader(cell, notes)
            except CellRefused as refused:
                wrong.append((name, refused.code, *refused.details))
                continue
            values.append(value)
            if value is None and is_needed:
                wrong.append((name, "missing"))
        if wrong:
            read.refused[number] = (cells, wrong)
            return
        read.rows.append((number, values))
        read.raw[number] = cells
        if notes:
            read.notes[number] = list(notes)

    def _is_heads_again(self, cells: list[Any]) -> bool:
        """Whether the heads are repeated, as lists do that were put together from pages."""
        heads = self._heads
        if not heads or heads[0] not in cells:
            return False
        said = [str(cell).strip() for cell in cells if cell != ""]
        return said == heads[: len(said)]


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
