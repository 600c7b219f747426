"""A value against its target, on half a ring."""

from dataclasses import dataclass
from decimal import Decimal
from math import cos, pi, sin

from .shape import ImpossibleChart, checked, written

_X, _Y, _RADIUS = 110.0, 104.0, 84.0  # of a box of 220 × 136
_TICK = (70.0, 98.0)  # where the mark of the target begins and ends
_WORD = 106.0  # where its figure stands


@dataclass(frozen=True)
class Gauge:
    """The ring, what is filled of it, and the mark of the target; empty where there is none of it.

    gap: how much is missing, negative where the target is passed.
    """

    value: Decimal | None
    target: Decimal | None
    top: Decimal
    track: str
    fill: str
    tick: str
    target_x: str
    target_y: str
    target_anchor: str

    @property
    def gap(self) -> Decimal | None:
        return None if self.value is None or self.target is None else self.target - self.value

    @property
    def is_reached(self) -> bool:
        return self.gap is not None and self.gap <= 0


def gauge(value: Decimal | None, target: Decimal | None = None, *, top: Decimal = Decimal(100)) -> Gauge:
    """Lay out a value on a scale from 0 to `top`. What lies above it fills the ring; its figure tells.

    Raises ImpossibleChart for negative numbers and a scale of nothing.
    """
    whole = checked(float(top))
    if not whole:
        raise ImpossibleChart("a scale of nothing")
    reached = 0.0 if value is None else min(checked(float(value)) / whole, 1.0)
    fill = f"M{_at(_RADIUS, 0)}{_arc(reached)}" if reached else ""
    track = f"M{_at(_RADIUS, 0)}{_arc(1)}"
    if target is None:
        return Gauge(value, None, top, track, fill, "", "", "", "middle")
    share = min(checked(float(target)) / whole, 1.0)
    x, y = _point(_WORD, share)
    tick = f"M{_at(_TICK[0], share)}L{_at(_TICK[1], share)}"
    anchor = "end" if share < 0.4 else "start" if share > 0.6 else "middle"
    return Gauge(value, target, top, track, fill, tick, written(x), written(y), anchor)


def _arc(share: float) -> str:
    size = written(_RADIUS)
    return f"A{size} {size} 0 0 1 {_at(_RADIUS, share)}"


def _at(radius: float, share: float) -> str:
    x, y = _point(radius, share)
    return f"{written(x)} {written(y)}"


def _point(radius: float, share: float) -> tuple[float, float]:
    """Return the place on half a ring, from the left end over the top to the right."""
    angle = pi * (1 - share)
    return _X + radius * cos(angle), _Y - radius * sin(angle)
