"""Lying bars: how large each part is."""

from collections.abc import Sequence
from dataclasses import dataclass

from .shape import checked, share


@dataclass(frozen=True)
class Bar:
    """One bar. `width` is drawn, against the longest; `share` is told, of the sum."""

    label: str
    value: int
    width: float
    share: float
    is_rest: bool = False  # many small parts together


def bars(parts: Sequence[tuple[str, int]], *, most: int = 6, rest: str = "") -> list[Bar]:
    """Return the largest parts, longest first, and one bar for all that remain, named `rest`.

    Parts of nothing are left out, so an empty list means that there is nothing to show. The bar of the
    rest stands last, whatever its size. Raises ImpossibleChart for negative numbers.
    """
    counted = sorted(
        ((label, value) for label, value in parts if checked(value)), key=lambda part: (-part[1], part[0])
    )
    total = sum(value for _, value in counted)
    shown = counted if len(counted) <= most or not rest else counted[: most - 1]
    remaining = total - sum(value for _, value in shown)
    longest = max((*(value for _, value in shown), remaining), default=0)
    drawn = [Bar(label, value, share(value, longest), share(value, total)) for label, value in shown]
    if remaining:
        drawn.append(Bar(rest, remaining, share(remaining, longest), share(remaining, total), is_rest=True))
    return drawn
