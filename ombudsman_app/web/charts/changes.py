"""Two dates side by side: where each area stood, and where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from .shape import WHOLE, ImpossibleChart, checked, share


@dataclass(frozen=True)
class Change:
    """What a line is drawn from. none: not known on that day."""

    label: str
    before: Decimal | None
    after: Decimal | None
    link: str = ""

    @property
    def difference(self) -> Decimal | None:
        """Return by how much it rose; negative where it fell."""
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True)
class ChangeRow:
    """One line: a hollow dot for before, a full one for after. goes: up, down, same or empty."""

    change: Change
    before_x: float | None
    after_x: float | None
    goes: str


@dataclass(frozen=True)
class Changes:
    """All lines in the order given, on one scale from 0 to `top`."""

    rows: list[ChangeRow]
    top: Decimal

    @property
    def is_empty(self) -> bool:
        return not any(row.before_x is not None or row.after_x is not None for row in self.rows)


def changes(given: Sequence[Change], *, top: Decimal = Decimal(100)) -> Changes:
    """Lay out the lines. Values above `top` stand at its end; their figures tell.

    Raises ImpossibleChart for negative numbers and a scale of nothing.
    """
    if not checked(float(top)):
        raise ImpossibleChart("a scale of nothing")

    def place(value: Decimal | None) -> float | None:
        return None if value is None else min(share(checked(float(value)), float(top)), WHOLE)

    rows = [ChangeRow(one, place(one.before), place(one.after), _goes(one.difference)) for one in given]
    return Changes(rows, top)


def _goes(difference: Decimal | None) -> str:
    if difference is None:
        return ""
    return "up" if difference > 0 else "down" if difference < 0 else "same"
