"""A case on an axis of days: what it was when, what happened on the way, what is due ahead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .shape import WHOLE, ImpossibleChart, share

# A letter of the small size needs about this share of the picture on a phone and on a desk.
_LETTER_ON_PHONE, _LETTER_ON_DESK = 2.3, 0.8
_DAY_LETTERS = 9  # " · 17 Nov" behind the name of a flag
_NEAR = 5.0  # marks closer than this stand on different heights
_EDGE = 15.0  # nearer to an end, a name would stand out of the picture
_MIDDLE = 50.0  # what begins behind it is named towards the left

# heights, from the top: a line per flag, the bar, a line per level of marks, today, the ends of the axis
_FLAG, _BAR, _LEVEL, _FOOT = 22, 26, 20, 22


@dataclass(frozen=True)
class Stretch:
    """What to draw of one state: its word, its colour, the day it began. It ends where the next begins."""

    label: str
    tone: str
    start_on: date


@dataclass(frozen=True)
class Segment:
    """A stretch in its place. fits: phone (everywhere), desk (only on a wide screen) or empty (no room)."""

    label: str
    tone: str
    start_on: date
    end_on: date
    x: float
    width: float
    fits: str
    is_now: bool


@dataclass(frozen=True)
class Marker:
    """A message, note or opening in its place. `level` counts up where several fall together."""

    kind: str
    label: str
    on: date
    x: float
    y: int
    level: int


@dataclass(frozen=True)
class Flag:
    """A last day in its place, on a line of its own; its name stands towards the `start` or the `end`.

    fits: phone (everywhere) or desk (on a phone the day alone is named).
    """

    label: str
    look: str
    on: date
    x: float
    y: int
    towards: str
    fits: str


@dataclass(frozen=True)
class Span:
    """The whole axis. `today` is a share of the width; `told` is the picture as a list of days."""

    start_on: date
    end_on: date
    today_on: date
    today: float
    segments: list[Segment]
    markers: list[Marker]
    flags: list[Flag]
    bar_y: int
    foot_y: int

    @property
    def today_y(self) -> int:
        return self.foot_y - _FOOT

    @property
    def today_anchor(self) -> str:
        return "start" if self.today < _EDGE else "end" if self.today > WHOLE - _EDGE else "middle"

    @property
    def height(self) -> int:
        return self.foot_y + _FOOT // 2

    @property
    def kinds(self) -> list[str]:
        """Return the kinds of marks in the picture, each once, as they first come."""
        return list(dict.fromkeys(mark.kind for mark in self.markers))

    @property
    def told(self) -> list[tuple[date, str]]:
        """Return every day that the picture names with its words, in order."""
        named = [(one.start_on, one.label) for one in self.segments]
        named += [(mark.on, mark.label) for mark in self.markers]
        named += [(flag.on, flag.label) for flag in self.flags]
        return sorted(named, key=lambda one: one[0])


def span(
    stretches: Sequence[Stretch],
    *,
    today: date,
    markers: Sequence[tuple[str, str, date]] = (),
    flags: Sequence[tuple[str, str, date]] = (),
) -> Span | None:
    """Lay out a case: stretches in order of their days, the last one running until today.

    markers: kind (message_in, message_out, note, opened), words, day. flags: name of the clock, look
    (running, soon, late, ended), last day. None without a stretch. Days before the first stretch stand at
    its beginning. Raises ImpossibleChart if stretches are not in order or begin after today.
    """
    if not stretches:
        return None
    begins = [stretch.start_on for stretch in stretches]
    if begins != sorted(begins) or begins[-1] > today:
        raise ImpossibleChart("stretches must follow each other and begin by today")
    axis = _Axis(begins[0], max([today, *(day for _, _, day in markers), *(day for _, _, day in flags)]))
    bar_y = _FLAG * len(flags) + _FLAG // 2
    marks = _markers(markers, axis, bar_y + _BAR + _LEVEL)
    levels = max((mark.level + 1 for mark in marks), default=0)
    return Span(
        axis.start,
        axis.end,
        today,
        axis.place(today),
        _segments(stretches, today, axis),
        marks,
        _flags(flags, axis),
        bar_y,
        bar_y + _BAR + _LEVEL * levels + 2 * _FOOT,
    )


@dataclass(frozen=True)
class _Axis:
    start: date
    end: date

    def place(self, day: date) -> float:
        """Return where a day stands; on an axis of one day everything stands at its end."""
        if self.end <= self.start:
            return WHOLE
        return min(WHOLE, max(0.0, share((day - self.start).days, (self.end - self.start).days)))


def _segments(stretches: Sequence[Stretch], today: date, axis: _Axis) -> list[Segment]:
    ends = [stretch.start_on for stretch in stretches[1:]] + [today]
    drawn: list[Segment] = []
    for stretch, end in zip(stretches, ends, strict=True):
        x = axis.place(stretch.start_on) if axis.end > axis.start else 0.0
        width = round(axis.place(end) - x, 2)
        is_now = len(drawn) == len(stretches) - 1
        fits = _fits(stretch.label, width)
        drawn.append(Segment(stretch.label, stretch.tone, stretch.start_on, end, x, width, fits, is_now))
    return drawn


def _fits(label: str, width: float) -> str:
    if width >= len(label) * _LETTER_ON_PHONE:
        return "phone"
    return "desk" if width >= len(label) * _LETTER_ON_DESK else ""


def _markers(given: Sequence[tuple[str, str, date]], axis: _Axis, top: int) -> list[Marker]:
    """Place the marks in order of their days; one that would touch another goes a level down."""
    drawn: list[Marker] = []
    last_at: list[float] = []  # per level, where its last mark stands
    for kind, label, on in sorted(given, key=lambda one: one[2]):
        x = axis.place(on)
        level = next((level for level, at in enumerate(last_at) if x - at >= _NEAR), len(last_at))
        if level == len(last_at):
            last_at.append(x)
        last_at[level] = x
        drawn.append(Marker(kind, label, on, x, top + _LEVEL * level, level))
    return drawn


def _flags(given: Sequence[tuple[str, str, date]], axis: _Axis) -> list[Flag]:
    """Give each flag its line. Names run away from the other poles as far as can be."""
    placed = [(axis.place(on), label, look, on) for label, look, on in given]
    early = sorted((one for one in placed if one[0] <= _MIDDLE), key=lambda one: one[3])
    late = sorted((one for one in placed if one[0] > _MIDDLE), key=lambda one: one[3], reverse=True)
    return [
        Flag(label, look, on, x, _FLAG * (row + 1), "end" if x > _MIDDLE else "start", _room(label, x))
        for row, (x, label, look, on) in enumerate([*early, *late])
    ]


def _room(label: str, x: float) -> str:
    room = x if x > _MIDDLE else WHOLE - x
    return "phone" if (len(label) + _DAY_LETTERS) * _LETTER_ON_PHONE <= room else "desk"
