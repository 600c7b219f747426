"""Offices of one kind on the scale of 0 to 100: a stack of dots where several have about the same score."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from .shape import WHOLE, checked_score, towards

_BINS = 40  # stacks side by side; a phone has room for so many dots in a row
_TALLEST = 14  # dots in a stack; above it one dot stands for several offices


@dataclass(frozen=True)
class Pile:
    """One stack: `number` offices around `x`, drawn as `dots`."""

    x: float
    number: int
    dots: int
    low: float
    high: float
    is_own: bool


@dataclass(frozen=True)
class Dots:
    """All stacks. One dot stands for up to `each` offices. `like_own`: other offices with the same score."""

    piles: list[Pile]
    each: int
    tallest: int
    number: int
    own: Decimal | None
    own_x: float
    like_own: int

    @property
    def own_anchor(self) -> str:
        return towards(self.own_x)


def dots(scores: Sequence[Decimal], own: Decimal | None = None) -> Dots | None:
    """Stack the scores, all of them with the own one among them; None where there are none.

    Raises ImpossibleChart for scores off the scale of 0 to 100.
    """
    if not scores:
        return None
    counted = Counter(_bin(score) for score in scores)
    own_bin = None if own is None else _bin(own)
    each = -(-max(counted.values()) // _TALLEST)
    width = WHOLE / _BINS
    piles = [
        Pile(
            round((place + 0.5) * width, 2),
            number,
            -(-number // each),
            round(place * width, 2),
            round((place + 1) * width, 2),
            place == own_bin,
        )
        for place, number in sorted(counted.items())
    ]
    own_x = 0.0 if own_bin is None else round((own_bin + 0.5) * width, 2)
    same = max(sum(score == own for score in scores) - 1, 0)
    return Dots(piles, each, max(pile.dots for pile in piles), len(scores), own, own_x, same)


def _bin(score: Decimal) -> int:
    """Return the stack of a score; 100 stands in the last one."""
    return min(int(checked_score(score) * _BINS // WHOLE), _BINS - 1)
