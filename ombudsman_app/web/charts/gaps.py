"""How many persons are missing: who is insured of all who should be, the largest gap first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .shape import checked, share


@dataclass(frozen=True)
class Counted:
    """What a bar is drawn from: persons. none: not known, and no gap can be told."""

    label: str
    active: int | None
    potential: int | None
    told: str = ""
    link: str = ""

    @property
    def gap(self) -> int | None:
        """Return how many are missing; never below zero."""
        if self.active is None or self.potential is None:
            return None
        return max(self.potential - self.active, 0)


@dataclass(frozen=True)
class GapBar:
    """One bar against the largest number: what is there, then what is missing. `share` is of its own."""

    counted: Counted
    active_width: float
    gap_width: float
    share: float
    is_over: bool  # more active ones than there should be: a figure to ask about


@dataclass(frozen=True)
class Gaps:
    """All bars; `silent` are those of which no gap can be told. Sums are of the bars alone."""

    bars: list[GapBar]
    silent: list[Counted]

    @property
    def with_bars_alone(self) -> "Gaps":
        """Return the same without those of which no gap can be told: a paper names them elsewhere."""
        return replace(self, silent=[])

    @property
    def active(self) -> int:
        return sum(bar.counted.active or 0 for bar in self.bars)

    @property
    def potential(self) -> int:
        return sum(bar.counted.potential or 0 for bar in self.bars)

    @property
    def gap(self) -> int:
        return sum(bar.counted.gap or 0 for bar in self.bars)


def gaps(counts: Sequence[Counted]) -> Gaps:
    """Lay out the bars. Raises ImpossibleChart for negative numbers."""
    known = sorted(
        (one for one in counts if one.gap is not None), key=lambda one: (-(one.gap or 0), one.label)
    )
    longest = max(
        (max(int(checked(one.active or 0)), int(checked(one.potential or 0))) for one in known), default=0
    )
    bars = [
        GapBar(
            one,
            share(one.active or 0, longest),
            share(one.gap or 0, longest),
            share(one.active or 0, one.potential or 0),
            (one.active or 0) > (one.potential or 0),
        )
        for one in known
    ]
    return Gaps(bars, [one for one in counts if one.gap is None])
