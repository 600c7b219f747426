"""Several numbers over time on one axis. Where a value is missing the line has a hole: nothing is guessed."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from .shape import WHOLE, ImpossibleChart, checked, nice_top, share

MOST = 4  # lines that can still be told apart
_NEAR = 13.0  # of the height: words at the end of two lines would touch


@dataclass(frozen=True)
class Series:
    """What a line is drawn from: a value for each moment, none where there is none.

    A phone has room for about twelve letters of `label` at the end of the line.
    """

    label: str
    values: Sequence[Decimal | None]


@dataclass(frozen=True)
class Spot:
    """One value in its place, in hundredths."""

    moment: str
    value: Decimal
    x: float
    y: float


@dataclass(frozen=True)
class Course:
    """One line. `number` from 0 chooses its dash; `word_y` is where its name stands at the end.

    legs: pairs of spots that follow each other without a hole.
    """

    series: Series
    number: int
    spots: list[Spot]
    legs: list[tuple[Spot, Spot]]
    word_y: float

    @property
    def last(self) -> Spot:
        return self.spots[-1]


@dataclass(frozen=True)
class Lines:
    """All lines, the grid (value, place from the top) and the moments (label, place, is written)."""

    courses: list[Course]
    grid: list[tuple[Decimal, float]]
    moments: list[tuple[str, float, bool]]

    @property
    def labels(self) -> list[str]:
        return [label for label, _x, _written in self.moments]


def lines(
    moments: Sequence[str], series: Sequence[Series], *, top: Decimal | None = None, written: int = 5
) -> Lines | None:
    """Lay out up to four lines above a floor of zero; None where there is no value at all.

    moments: equally far from each other, one for each value. top: end of the axis, else the next round
    number. written: how many moments have room for their words, first and last among them.
    Raises ImpossibleChart for negative numbers, too many lines, or values without a moment.
    """
    if len(series) > MOST or any(len(one.values) != len(moments) for one in series):
        raise ImpossibleChart("lines that do not fit")
    known = [checked(float(value)) for one in series for value in one.values if value is not None]
    if not known:
        return None
    end = max(float(top or 0), *known) if top else nice_top(max(known))
    places = [share(place, len(moments) - 1) if len(moments) > 1 else WHOLE for place in range(len(moments))]
    drawn = [
        _course(one, number, moments, places, end)
        for number, one in enumerate(series)
        if any(value is not None for value in one.values)
    ]
    grid = [(Decimal(str(end * part / 2)), WHOLE - 50.0 * part) for part in (2, 1, 0)]
    every = max(-(-(len(moments) - 1) // max(written - 1, 1)), 1)
    last = len(moments) - 1
    shown = {place for place in range(0, len(moments), every) if last - place >= every} | {last}
    named = [(label, places[place], place in shown) for place, label in enumerate(moments)]
    return Lines(_parted(drawn), grid, named)


def _course(one: Series, number: int, moments: Sequence[str], places: Sequence[float], top: float) -> Course:
    found = [
        None
        if value is None
        else Spot(moment, value, x, round(WHOLE - share(float(value), top), 2) if top else WHOLE)
        for moment, value, x in zip(moments, one.values, places, strict=True)
    ]
    spots = [spot for spot in found if spot]
    legs = [(a, b) for a, b in pairwise(found) if a and b]
    return Course(one, number, spots, legs, spots[-1].y)


def _parted(courses: Sequence[Course]) -> list[Course]:
    """Move the words at the ends of lines apart, from the top down, then back where the floor is passed."""
    ordered = sorted(courses, key=lambda one: one.word_y)
    places: list[float] = []
    for one in ordered:
        places.append(max(one.word_y, places[-1] + _NEAR) if places else one.word_y)
    limit = WHOLE
    for at in reversed(range(len(places))):
        places[at] = min(places[at], limit)
        limit = places[at] - _NEAR
    moved = {one.number: round(place, 2) for one, place in zip(ordered, places, strict=True)}
    return [Course(one.series, one.number, one.spots, one.legs, moved[one.number]) for one in courses]
