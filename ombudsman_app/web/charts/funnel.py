"""How far the pieces of a round are: a bar in parts, one part a stage."""

from collections.abc import Sequence
from dataclasses import dataclass

from .shape import WHOLE, checked, share

SHADES = 6  # from not begun to done; stages between share them evenly
_DIGIT = 3.0  # share of the picture that a digit needs on a phone


@dataclass(frozen=True)
class Stage:
    """One stage in its place; without pieces it has no width. shade: 0 not begun … 6 done."""

    key: str
    label: str
    number: int
    x: float
    width: float
    share: float
    shade: int
    has_room: bool


@dataclass(frozen=True)
class Funnel:
    """The bar and all its stages, those without pieces too: a board says zero."""

    stages: list[Stage]
    total: int


def funnel(stages: Sequence[tuple[str, str, int]]) -> Funnel:
    """Lay out (key, words, number), first stage first. Raises ImpossibleChart for negative numbers."""
    total = sum(int(checked(number)) for _key, _label, number in stages)
    drawn, before, last = [], 0, max(len(stages) - 1, 1)
    for place, (key, label, number) in enumerate(stages):
        x, end = share(before, total), share(before + number, total)
        width = round(min(end, WHOLE) - x, 2)
        has_room = width >= (len(str(number)) + 1) * _DIGIT
        shade = round(place * SHADES / last)
        drawn.append(Stage(key, label, number, x, width, share(number, total), shade, has_room))
        before += number
    return Funnel(drawn, total)
