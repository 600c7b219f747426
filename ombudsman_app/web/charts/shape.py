"""What all pictures share: rounding, shares, and what cannot be drawn."""

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
