"""What all pictures share: rounding, shares, and what cannot be drawn."""

from decimal import Decimal
from math import isfinite

WHOLE = 100.0


class ImpossibleChart(ValueError):
    """A number that no picture here can show: negative, or not finite. The caller's mistake."""


def checked(value: float) -> float:
    """Return the value. Raises ImpossibleChart for negative ones and for what is no number."""
    if not isfinite(value) or value < 0:
        raise ImpossibleChart(f"cannot draw {value}")
    return value


def share(part: float, whole: float) -> float:
    """Return how many hundredths `part` is of `whole`, to two decimals; nothing of nothing is nothing."""
    return round(WHOLE * part / whole, 2) if whole else 0.0


def nice_top(value: float) -> float:
    """Return the next round number from `value` on; its half is whole, too, and names the line between."""
    power = 1.0
    while power * 10 < value:
        power *= 10
    steps = (2, 4, 6, 8, 10) if power == 1 else (1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10)
    return next(round(power * step) for step in steps if power * step >= value)


def checked_score(value: float | Decimal) -> float:
    """Return a score as a place. Raises ImpossibleChart for what does not lie on the scale of 0 to 100."""
    if checked(float(value)) > WHOLE:
        raise ImpossibleChart(f"no score: {value}")
    return float(value)


def written(value: float, decimals: int = 1) -> str:
    """Return a place as it stands in a path: few decimals, no more zeros than needed."""
    return f"{round(value, decimals) + 0:g}"


def towards(x: float, edge: float = 12.0) -> str:
    """Return how words at `x` are anchored so that they stay inside the picture."""
    return "start" if x < edge else "end" if x > WHOLE - edge else "middle"
