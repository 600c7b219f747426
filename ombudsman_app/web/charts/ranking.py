"""Areas by their value, on a scale that is the same for all; those without a value stand at the end."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from .areas import Area
from .shape import WHOLE, checked, share


@dataclass(frozen=True)
class Rank:
    """One line. `place` is shared by equal values, as in a competition; none without a value."""

    area: Area
    place: int | None
    width: float
    is_above: bool  # beyond the end of the scale


@dataclass(frozen=True)
class Ranking:
    """All lines, the highest first. target_x: where the target lies, none without one."""

    ranks: list[Rank]
    top: Decimal
    target: Decimal | None
    target_x: float | None

    @property
    def areas(self) -> list[Area]:
        return [rank.area for rank in self.ranks]


def ranking(
    areas: Sequence[Area],
    *,
    top: Decimal = Decimal(100),
    target: Decimal | None = None,
    is_lowest_first: bool = False,
) -> Ranking:
    """Order areas by value, equal ones by name. Raises ImpossibleChart for negative numbers."""
    known = [area for area in areas if area.value is not None and checked(float(area.value)) >= 0]
    sign = 1 if is_lowest_first else -1
    ordered = sorted(known, key=lambda one: (sign * (one.value or 0), one.name))
    values = [area.value for area in ordered]
    silent = sorted((area for area in areas if area.value is None), key=lambda one: one.name)
    whole = float(top)
    ranks = [
        Rank(
            area,
            values.index(area.value) + 1,
            min(share(float(area.value or 0), whole), WHOLE),
            float(area.value or 0) > whole,
        )
        for area in ordered
    ]
    marked = None if target is None else min(share(checked(float(target)), whole), WHOLE)
    return Ranking([*ranks, *(Rank(area, None, 0.0, False) for area in silent)], top, target, marked)
