"""What maps and rankings of areas are drawn from: a value for each area, and the classes it falls in."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from .shape import ImpossibleChart, checked

TONES = 5  # from little to much; 0 is "no data" and hatched
_KABUPATEN = "Kabupaten "


@dataclass(frozen=True)
class Area:
    """One area. value: none where nothing is known. told: what is said after the value, "per 28 April 2025".

    The value is written with as many decimals as it has: what was quoted as 34 stays 34.
    """

    code: str  # Kemendagri, with dots
    name: str
    value: Decimal | None = None
    told: str = ""
    link: str = ""

    @property
    def label(self) -> str:
        """Return the name as it stands in a tile: a regency without its kind, a city with it."""
        return self.name.removeprefix(_KABUPATEN)


@dataclass(frozen=True)
class Key:
    """One class of the legend, from `low` to below `high`; open ends are None. tone 0: no data."""

    tone: int
    low: Decimal | None
    high: Decimal | None
    number: int


@dataclass(frozen=True)
class Classes:
    """Where one shade ends and the next begins: at most four rising limits. A value on one lies above it.

    They are the caller's, never computed from the values: two maps of one indicator must mean the same.
    """

    limits: tuple[Decimal, ...]
    unit: str = ""

    def __post_init__(self) -> None:
        if len(self.limits) >= TONES or list(self.limits) != sorted(set(self.limits)):
            raise ImpossibleChart(f"no classes: {self.limits}")

    def tone(self, value: Decimal | None) -> int:
        """Return the shade, 1 to 5, spread over all five where there are fewer classes; 0 for no data."""
        if value is None:
            return 0
        checked(float(value))
        return self._tone_of(sum(value >= limit for limit in self.limits))

    def keys(self, areas: Sequence[Area]) -> list[Key]:
        """Return the legend, lowest class first, with how many areas each holds; "no data" if there are."""
        tones = [self.tone(area.value) for area in areas]
        ends = (None, *self.limits, None)
        found = [
            Key(tone, ends[place], ends[place + 1], tones.count(tone))
            for place, tone in enumerate(map(self._tone_of, range(len(self.limits) + 1)))
        ]
        return [*found, Key(0, None, None, tones.count(0))] if 0 in tones else found

    def _tone_of(self, place: int) -> int:
        return 1 + round(place * (TONES - 1) / len(self.limits)) if self.limits else (TONES + 1) // 2
