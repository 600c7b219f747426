"""Reads lists of employers from CSV for `employers match`: strict in shape, forgiving in their cells."""

import csv
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from ombudsman_app.employers.matching.party import Party, party_of_texts

from .lines import BadInput

NEEDED = ("id", "name", "nib", "npwp", "regency")
OPTIONAL = ("nitku", "npp")
_DELIMITERS = ",;\t"
_CELL = 1_000  # characters
_ROWS = 5_000_000


@dataclass
class EmployerList:
    """One file. Rows are read as they are asked for; `unreadable` counts numbers left out so far."""

    name: str
    unreadable: int = 0
    _ids: set[str] = field(default_factory=set)

    def parties(self) -> Iterator[Party]:
        """Yield the rows. Raises BadInput with the line."""
        with self._opened() as file:
            yield from self._rows(file)

    def _opened(self) -> TextIO:
        if self.name == "-":
            return TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig", newline="")
        try:
            return Path(self.name).open(encoding="utf-8-sig", newline="")
        except (OSError, ValueError):
            raise BadInput(f"the file {self.name!r} cannot be read.") from None

    def _rows(self, file: TextIO) -> Iterator[Party]:
        line = 1
        try:
            head = file.readline()
            reader = csv.reader(_again(head, file), delimiter=_delimiter(head), strict=True)
            columns = self._columns(next(reader, []))
            for row in reader:
                line = reader.line_num
                if row:
                    yield self._party(row, columns, line)
        except UnicodeDecodeError:
            raise BadInput(f"{self.name}: the file is not in UTF-8.") from None
        except csv.Error:
            raise BadInput(f"{self.name}: after line {line} this is no CSV.") from None
        except OSError:
            raise BadInput(f"the file {self.name!r} cannot be read.") from None

    def _columns(self, head: list[str]) -> dict[str, int]:
        named = [cell.strip().lower() for cell in head]
        for name in (*NEEDED, *OPTIONAL):
            if name in NEEDED and name not in named:
                raise BadInput(f"{self.name}: the column {name} is missing; needed are {', '.join(NEEDED)}.")
            if named.count(name) > 1:
                raise BadInput(f"{self.name}: the column {name} stands there twice.")
        return {name: named.index(name) for name in (*NEEDED, *OPTIONAL) if name in named} | {"": len(named)}

    def _party(self, row: list[str], columns: dict[str, int], line: int) -> Party:
        where = f"{self.name}, line {line}"
        if len(row) != columns[""]:
            raise BadInput(f"{where}: {len(row)} cells instead of {columns['']}.")
        cells = {name: row[at].strip() for name, at in columns.items() if name}
        if any(len(cell) > _CELL for cell in cells.values()):
            raise BadInput(f"{where}: a cell has more than {_CELL} characters.")
        if not cells["id"]:
            raise BadInput(f"{where}: the id is missing.")
        if cells["id"] in self._ids:
            raise BadInput(f"{where}: the id {cells['id'][:40]!r} stands there twice.")
        if len(self._ids) >= _ROWS:
            raise BadInput(f"{self.name}: more than {_ROWS} rows.")
        self._ids.add(cells["id"])
        party, wrong = party_of_texts(cells["id"], cells["name"], cells)
        self.unreadable += len(wrong)
        return party


def _again(head: str, file: TextIO) -> Iterator[str]:
    yield head
    yield from file


def _delimiter(head: str) -> str:
    return max(_DELIMITERS, key=head.count)
