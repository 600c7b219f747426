"""Lying bars in parts: how much there is of each, and of what it is made."""

from collections.abc import Sequence
from dataclasses import dataclass

from .shape import checked, share


@dataclass(frozen=True)
class Piece:
    """One part of a bar, from `x` on; `column` says of what."""

    column: int
    value: int
    x: float
    width: float


@dataclass(frozen=True)
class Stack:
    """One bar. `values` are those of all columns, `pieces` those that are not nothing."""

    key: str
    values: tuple[int, ...]
    pieces: list[Piece]

    @property
    def total(self) -> int:
        return sum(self.values)


@dataclass(frozen=True)
class Stacks:
    """The whole picture: bars in the order in which they were given, all against the longest."""

    columns: list[str]
    bars: list[Stack]
    rest: Stack | None  # many small ones together

    @property
    def rows(self) -> list[Stack]:
        return self.bars if self.rest is None else [*self.bars, self.rest]

    @property
    def totals(self) -> list[int]:
        return [sum(column) for column in zip(*(row.values for row in self.rows), strict=True)]

    @property
    def used(self) -> list[int]:
        """The columns of which there is anything."""
        return [place for place, total in enumerate(self.totals) if total]


def stacks(parts: Sequence[tuple[str, Sequence[int]]], columns: Sequence[str], *, most: int = 10) -> Stacks:
    """Lay out a bar for each of the first `most`, in their order, and one for all that follow.

    `parts` are (key, one number a column); those of nothing are left out, so no bars mean that there is
    nothing to show. Raises ImpossibleChart for negative numbers.
    """
    counted = [(key, tuple(values)) for key, values in parts if sum(int(checked(one)) for one in values)]
    shown, others = counted[:most], counted[most:]
    together = tuple(sum(column) for column in zip(*(values for _key, values in others), strict=True))
    longest = max((sum(values) for values in (*(values for _key, values in shown), together)), default=0)
    return Stacks(
        list(columns),
        [_stack(key, values, longest) for key, values in shown],
        _stack("", together, longest) if together else None,
    )


def _stack(key: str, values: tuple[int, ...], longest: int) -> Stack:
    pieces, before = [], 0
    for column, value in enumerate(values):
        if value:
            pieces.append(Piece(column, value, share(before, longest), share(value, longest)))
        before += value
    return Stack(key, values, pieces)
