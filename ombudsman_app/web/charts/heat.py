"""A heat map: a table whose cells are the darker the more they hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .shape import checked

LEVELS = 4  # shades of a cell that is not empty


@dataclass(frozen=True)
class Cell:
    """One number and its shade: 0 for nothing, 1 to 4 for little to much."""

    value: int
    level: int


@dataclass(frozen=True)
class HeatRow:
    """One line of the map."""

    key: str
    cells: list[Cell]
    total: int


@dataclass(frozen=True)
class Heat:
    """The whole map, rows as they were asked for; those without anything are left out."""

    columns: list[str]
    rows: list[HeatRow]
    totals: list[int]

    @property
    def total(self) -> int:
        return sum(self.totals)


def heat(counts: Mapping[tuple[str, str], int], rows: Sequence[str], columns: Sequence[str]) -> Heat:
    """Shade the numbers by quarters of the largest, of 4 at least; what is not counted is zero.

    Raises ImpossibleChart for negative numbers.
    """
    known = (checked(counts.get((row, column), 0)) for row in rows for column in columns)
    most = max(LEVELS, *known, 0)
    lines = []
    for row in rows:
        values = [counts.get((row, column), 0) for column in columns]
        if any(values):
            lines.append(HeatRow(row, [Cell(value, _level(value, most)) for value in values], sum(values)))
    totals = [sum(line.cells[place].value for line in lines) for place in range(len(columns))]
    return Heat(list(columns), lines, totals)


def _level(value: int, most: float) -> int:
    return -int(-value * LEVELS // most) if value else 0
