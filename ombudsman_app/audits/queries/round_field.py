"""One round as the field of all its offices: ranks that are shared where spans touch, mean and spread."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from ombudsman_app.audits.models import AuditRound
from ombudsman_app.audits.scoring.exact import half_up


@dataclass(frozen=True)
class Cell:
    """The total of one office in one round. `change` since its round before, where both can be compared.

    `rank`: how many offices of the round lie wholly above it, and one. `shares`: others that it cannot be
    told apart from. Both follow the rule in `scoring/span.py`: offices whose spans touch share.
    """

    total: Decimal
    category: str | None
    zone: str | None
    change: Decimal | None
    rank: int
    shares: int
    is_published: bool


@dataclass(frozen=True)
class Row:
    """One office with a cell per round; None: it was not audited in it."""

    office_id: int
    slug: str
    name: str
    province: str | None
    cells: Sequence[Cell | None]


@dataclass
class Field:
    """All totals of one round, in hundredths."""

    totals: list[int] = field(default_factory=list)
    lows: list[int] = field(default_factory=list)
    highs: list[int] = field(default_factory=list)

    def sort(self) -> None:
        self.lows.sort()
        self.highs.sort()

    def rank(self, low: int, high: int) -> tuple[int, int]:
        """Return the rank, and how many others share it: those that lie neither wholly above nor below."""
        above = len(self.lows) - bisect_right(self.lows, high)
        below = bisect_left(self.highs, low)
        return above + 1, len(self.lows) - above - below - 1

    @property
    def mean(self) -> Decimal | None:
        return half_up(Decimal(sum(self.totals)) / len(self.totals) / 100, 2) if self.totals else None

    @property
    def spread(self) -> Decimal | None:
        """The standard deviation; None for fewer than two offices."""
        number = len(self.totals)
        if number < 2:
            return None
        squares = Decimal(sum(one * one for one in self.totals)) / number
        mean = Decimal(sum(self.totals)) / number
        return half_up(max(squares - mean * mean, Decimal(0)).sqrt() / 100, 2)


@dataclass(frozen=True)
class Column:
    """One round. `breaks`: scheme or version of the instrument is another than in the column before."""

    round: AuditRound
    field: Field
    breaks: bool
