"""A total over rounds. Where scheme or instrument changed the line breaks: nothing is joined across."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, pairwise

from .bands import Band
from .scale import Zone, scale
from .shape import WHOLE, checked_score

_LETTER_ON_PHONE, _LETTER_ON_DESK = 2.3, 0.9  # share of the picture that a letter needs
_FIGURE_LETTERS = 6  # "100,00"


@dataclass(frozen=True)
class Scored:
    """What a dot is drawn from. value: none where there was no score. regime: words for what applied."""

    label: str
    value: Decimal | None
    scheme: str
    instrument: str
    regime: str


@dataclass(frozen=True)
class Dot:
    """One round in its place. fits and value_fits: phone (everywhere), desk or empty."""

    round: Scored
    x: float
    y: float | None
    fits: str
    value_fits: str


@dataclass(frozen=True)
class Leg:
    """The line between two rounds under one scheme and one instrument."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class Run:
    """Rounds that can be compared. `zones` are the ground behind them, measured from the foot."""

    regime: str
    first: str
    x: float
    width: float
    dots: list[Dot]
    legs: list[Leg]
    zones: list[Zone]
    fits: str


@dataclass(frozen=True)
class Trend:
    """The whole picture: runs from left to right, a break between each two."""

    runs: list[Run]

    @property
    def breaks(self) -> list[Run]:
        """Return the runs before which the line breaks."""
        return self.runs[1:]

    @property
    def dots(self) -> list[Dot]:
        return [dot for run in self.runs for dot in run.dots]

    @property
    def last(self) -> Dot | None:
        """Return the latest round that has a score."""
        return next((dot for dot in reversed(self.dots) if dot.y is not None), None)


def trend(rounds: Sequence[Scored], bands: Mapping[str, Sequence[Band]] | None = None) -> Trend | None:
    """Lay out the rounds in their order; `bands` by scheme. None where no round has a score.

    Raises ImpossibleChart for scores off the scale of 0 to 100.
    """
    if not any(one.value is not None for one in rounds):
        return None
    step = WHOLE / len(rounds)
    placed = [_dot(one, place, len(rounds), step) for place, one in enumerate(rounds)]
    runs, begin = [], 0
    for (scheme, _instrument), group in groupby(placed, lambda dot: (dot.round.scheme, dot.round.instrument)):
        dots = list(group)
        width = len(dots) * step
        label = dots[0].round.regime
        zones = scale((bands or {}).get(scheme, ())).zones
        fits = _fits(len(label), width - 2)
        x = round(begin * step, 2)
        runs.append(Run(label, dots[0].round.label, x, round(width, 2), dots, _legs(dots), zones, fits))
        begin += len(dots)
    return Trend(runs)


def _dot(one: Scored, place: int, number: int, step: float) -> Dot:
    y = None if one.value is None else round(WHOLE - checked_score(one.value), 2)
    fits, value_fits = _fits(len(one.label), step), _fits(_FIGURE_LETTERS, step)
    if place == number - 1:  # the latest is always told
        fits = value_fits = "phone"
    return Dot(one, round((place + 0.5) * step, 2), y, fits, value_fits)


def _legs(dots: Sequence[Dot]) -> list[Leg]:
    return [
        Leg(one.x, one.y, other.x, other.y)
        for one, other in pairwise(dots)
        if one.y is not None and other.y is not None
    ]


def _fits(letters: int, width: float) -> str:
    if letters * _LETTER_ON_PHONE <= width:
        return "phone"
    return "desk" if letters * _LETTER_ON_DESK <= width else ""
