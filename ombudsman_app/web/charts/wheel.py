"""The score of an audit as a wheel: a segment per dimension, a spoke per indicator, the total in the hub."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import cos, pi, sin

from .bands import Band
from .shape import ImpossibleChart, checked, checked_score, written

# The box of the picture, its middle, and the radii: gauge of the total, begin and end of the spokes, words.
_WIDTH = 400
_X = _Y = _WIDTH / 2
_GAUGE, _INNER, _OUTER, _WORDS = 62.0, 72.0, 146.0, 159.0
_ABOVE, _BELOW, _EDGE = 16, 24, 6  # what two lines of words need above and below their place; air around
_GAP = 1.6  # degrees between two segments
_STUB = 2.0  # how much of a spoke is seen where its score is nothing
_OPEN = 5.8  # a whole turn has no begin and no end that a path could name: degrees left open at radius 1
_FILLED = 0.78  # of its place, a spoke takes so much
_LETTER = 8.6  # a bold letter of a name beside the wheel
_FEW = 6  # more names than this would touch each other
_UPRIGHT = 30  # words so near to the middle stand above or below it

# The small wheel: a square of 96 with one ring.
_SMALL, _SMALL_RADIUS = 96, 42.0

Limits = tuple[Decimal, Decimal] | None  # from which score on an indicator is fair, from which on good


@dataclass(frozen=True)
class Indicator:
    """What a spoke is drawn from. No score: not applicable. is_alarm: a critical one that failed."""

    label: str
    score: Decimal | None
    weight: Decimal
    is_alarm: bool = False


@dataclass(frozen=True)
class Dimension:
    """What a segment is drawn from."""

    label: str
    score: Decimal
    weight: Decimal
    indicators: Sequence[Indicator] = ()


@dataclass(frozen=True)
class Spoke:
    """One indicator in its place. tone: good, fair, poor, plain, or none (not applicable, hatched)."""

    indicator: Indicator
    tone: str
    path: str
    alarm_x: str
    alarm_y: str


@dataclass(frozen=True)
class Slice:
    """One dimension in its place. `number` from 1 names it where the names do not fit beside the wheel."""

    dimension: Dimension
    number: int
    track: str
    fill: str
    edge: str
    spokes: list[Spoke]
    x: str
    y: str
    anchor: str


@dataclass(frozen=True)
class Wheel:
    """The whole picture. `gauge` and `small` are the ring of the total, empty where it is nothing."""

    slices: list[Slice]
    total: Decimal
    band: Band | None
    limits: Limits
    gauge: str
    small: str
    has_names: bool  # beside the wheel; else numbers

    @property
    def box(self) -> str:
        """Return the part of the plane that the picture takes: no higher than its words need."""
        words = [float(one.y) for one in self.slices]
        top = min([_Y - _OUTER - _EDGE, *(y - _ABOVE for y in words)]) if words else _Y - _GAUGE - _EDGE
        foot = max([_Y + _OUTER + _EDGE, *(y + _BELOW for y in words)]) if words else _Y + _GAUGE + _EDGE
        return f"0 {written(top)} {_WIDTH} {written(foot - top)}"

    @property
    def zone(self) -> str:
        return self.band.zone if self.band else ""

    @property
    def tones(self) -> list[str]:
        """Return the kinds of spokes in the picture, each once, best first."""
        seen = {spoke.tone for one in self.slices for spoke in one.spokes}
        return [tone for tone in ("good", "fair", "poor", "plain", "none") if tone in seen]

    @property
    def has_alarm(self) -> bool:
        return any(spoke.indicator.is_alarm for one in self.slices for spoke in one.spokes)


def wheel(
    dimensions: Sequence[Dimension],
    *,
    total: Decimal,
    band: Band | None = None,
    limits: Limits = None,
) -> Wheel:
    """Lay out the wheel, clockwise from the top. Without dimensions only the total is drawn.

    limits: from which score on an indicator is fair, from which on good; without them all look alike.
    Raises ImpossibleChart for scores off the scale of 0 to 100 and for weights that are nothing together.
    """
    whole = sum(checked(float(one.weight)) for one in dimensions)
    if dimensions and not whole:
        raise ImpossibleChart("dimensions without weight")
    gap = _GAP if len(dimensions) > 1 else 0.0
    slices, begin = [], 0.0
    for number, one in enumerate(dimensions, start=1):
        turn = 360.0 * float(one.weight) / whole
        slices.append(_slice(one, number, _Turn(begin + gap / 2, max(turn - gap, 0.1)), limits))
        begin += turn
    ring = _Turn(0, 3.6 * checked_score(total))
    return Wheel(
        slices,
        total,
        band,
        limits,
        _arc(_GAUGE, ring),
        _arc(_SMALL_RADIUS, ring, (_SMALL / 2, _SMALL / 2)),
        _names_fit(slices),
    )


@dataclass(frozen=True)
class _Turn:
    """A piece of the way round, in degrees, clockwise from the top."""

    begin: float
    degrees: float

    @property
    def middle(self) -> float:
        return self.begin + self.degrees / 2

    def end(self, radius: float) -> float:
        """Return where an arc of this radius ends: at most a tenth before a whole turn is full."""
        return self.begin + min(self.degrees, 360 - _OPEN / radius)


def _slice(one: Dimension, number: int, turn: _Turn, limits: Limits) -> Slice:
    radius = _radius(checked_score(one.score))
    x, y = _point(_WORDS, turn.middle, (_X, _Y))
    return Slice(
        one,
        number,
        _sector(turn, _OUTER),
        _sector(turn, radius),
        _arc(radius, turn),
        _spokes(one.indicators, turn, limits),
        written(x),
        written(y - 9 * cos(turn.middle * pi / 180)),
        "middle" if abs(x - _X) < _UPRIGHT else "start" if x > _X else "end",
    )


def _spokes(indicators: Sequence[Indicator], turn: _Turn, limits: Limits) -> list[Spoke]:
    whole = sum(checked(float(one.weight)) for one in indicators)
    drawn, begin = [], turn.begin
    for one in indicators:
        place = turn.degrees * float(one.weight) / whole if whole else 0.0
        own = _Turn(begin + place * (1 - _FILLED) / 2, place * _FILLED)
        length = _OUTER if one.score is None else max(_radius(checked_score(one.score)), _INNER + _STUB)
        x, y = _point(max(length + 6, _INNER + 12), own.middle, (_X, _Y))
        drawn.append(Spoke(one, _tone(one.score, limits), _sector(own, length), written(x), written(y)))
        begin += place
    return drawn


def _tone(score: Decimal | None, limits: Limits) -> str:
    if score is None:
        return "none"
    if limits is None:
        return "plain"
    fair, good = limits
    return "good" if score >= good else "fair" if score >= fair else "poor"


def _radius(score: float) -> float:
    return _INNER + (_OUTER - _INNER) * score / 100


def _point(radius: float, degrees: float, middle: tuple[float, float]) -> tuple[float, float]:
    """Return the place, clockwise from the top."""
    angle = degrees * pi / 180
    return middle[0] + radius * sin(angle), middle[1] - radius * cos(angle)


def _at(radius: float, degrees: float, middle: tuple[float, float] = (_X, _Y)) -> str:
    x, y = _point(radius, degrees, middle)
    return f"{written(x)} {written(y)}"


def _arc(radius: float, turn: _Turn, middle: tuple[float, float] = (_X, _Y)) -> str:
    if turn.degrees <= 0:
        return ""
    size, far = written(radius), int(turn.degrees > 180)
    start, end = _at(radius, turn.begin, middle), _at(radius, turn.end(radius), middle)
    return f"M{start}A{size} {size} 0 {far} 1 {end}"


def _sector(turn: _Turn, radius: float) -> str:
    """Return the piece of a ring from where spokes begin to `radius`; nothing if there is none."""
    if turn.degrees <= 0 or radius <= _INNER:
        return ""
    inner, far = written(_INNER), int(turn.degrees > 180)
    way_back = f"A{inner} {inner} 0 {far} 0 {_at(_INNER, turn.begin)}Z"
    return f"{_arc(radius, turn)}L{_at(_INNER, turn.end(_INNER))}{way_back}"


def _names_fit(slices: Sequence[Slice]) -> bool:
    """Whether all names stand beside the wheel without leaving the picture or touching each other."""
    if len(slices) > _FEW:
        return False
    boxes = [_box(one) for one in slices]
    inside = all(left >= 0 and right <= _WIDTH for left, right, _ in boxes)
    return inside and not any(
        a[0] < b[1] and b[0] < a[1] and abs(a[2] - b[2]) < 36
        for place, a in enumerate(boxes)
        for b in boxes[place + 1 :]
    )


def _box(one: Slice) -> tuple[float, float, float]:
    width, x = len(one.dimension.label) * _LETTER, float(one.x)
    left = x - {"start": 0.0, "middle": width / 2, "end": width}[one.anchor]
    return left, left + width, float(one.y)
