"""The bands of a scheme as a strip from 0 to 100, and where totals lie on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from .bands import Band
from .shape import WHOLE, checked_score, towards

_LIMIT_ROOM = 5.5  # a limit nearer to the one before it is not written


@dataclass(frozen=True)
class Zone:
    """A band in its place, up to where the next begins. has_limit: there is room for where it begins."""

    band: Band
    x: float
    width: float
    has_limit: bool

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 2)


@dataclass(frozen=True)
class Pointer:
    """A total in its place. kind: own, mean, before."""

    kind: str
    label: str
    value: Decimal
    x: float

    @property
    def anchor(self) -> str:
        return towards(self.x)


@dataclass(frozen=True)
class Scale:
    """The strip, lowest band first, and its pointers, the own one last so that it lies above the others."""

    zones: list[Zone]
    pointers: list[Pointer]

    @property
    def own(self) -> Pointer | None:
        return next((one for one in self.pointers if one.kind == "own"), None)

    @property
    def has_letters(self) -> bool:
        return any(zone.band.letter for zone in self.zones)


def scale(bands: Sequence[Band], pointers: Sequence[tuple[str, str, Decimal]] = ()) -> Scale:
    """Lay out the bands and the pointers (kind, words, value). Without bands the strip is plain.

    Raises ImpossibleChart for what does not lie on the scale of 0 to 100.
    """
    ordered = sorted(bands, key=lambda band: band.low)
    starts = [checked_score(band.low) for band in ordered]
    zones, written_at = [], -WHOLE
    for band, x, end in zip(ordered, starts, [*starts[1:], WHOLE], strict=False):
        has_limit = x - written_at >= _LIMIT_ROOM and WHOLE - x >= _LIMIT_ROOM
        written_at = x if has_limit else written_at
        zones.append(Zone(band, x, round(end - x, 2), has_limit))
    placed = [Pointer(kind, label, value, checked_score(value)) for kind, label, value in pointers]
    return Scale(zones, sorted(placed, key=lambda one: one.kind == "own"))
