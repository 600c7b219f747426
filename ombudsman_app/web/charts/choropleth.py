"""Maps with true boundaries, from stored outlines (coverage/models/boundary.py)."""

from collections.abc import Sequence
from dataclasses import dataclass

from .areas import Area, Classes, Key

_WIDTH = 720  # how wide a desk shows it: measures below are in such pixels
_EDGE, _MARK, _SMALL = 8, 7.0, 13
_LETTER, _LINE = 7.5, 13  # what a letter of a label and its line take


@dataclass(frozen=True)
class Outline:
    """The shape of one area: a path in units of the map (y down), its box, and where a label has room."""

    code: str
    path: str
    box: tuple[int, int, int, int]  # left, top, right, bottom
    middle: tuple[int, int]
    room: int  # how far it is from the middle to the border


@dataclass(frozen=True)
class Shape:
    """One area in its place. is_small: nobody could hit it, so it gets a dot. fits: so does its figure."""

    area: Area
    tone: int
    outline: Outline
    is_small: bool
    fits: bool


@dataclass(frozen=True)
class Choropleth:
    """The whole map, in reading order as far as a map has one; small areas last, so that they lie on top.

    `unit` is one pixel of a desk in units of the map.
    """

    shapes: list[Shape]
    keys: list[Key]
    classes: Classes
    left: int
    top: int
    width: int
    height: int
    unit: float

    @property
    def areas(self) -> list[Area]:
        return [shape.area for shape in self.shapes]

    @property
    def silent(self) -> int:
        """How many areas have no value."""
        return sum(not shape.tone for shape in self.shapes)

    def measure(self, pixels: float) -> str:
        """Return a length of the desk in units of the map: widths of lines, sizes of letters."""
        return f"{pixels * self.unit:.3g}"


def choropleth(
    outlines: Sequence[Outline], areas: Sequence[Area], classes: Classes, *, letters: int = 3
) -> Choropleth | None:
    """Give each area its outline. None without any outline. `letters` is how long a figure is ("34%").

    What has an outline and no area is not drawn, and the other way round: the caller gives both complete.
    """
    named = {area.code: area for area in areas}
    drawn = [outline for outline in outlines if outline.code in named]
    if not drawn:
        return None
    left, top = min(one.box[0] for one in drawn), min(one.box[1] for one in drawn)
    right, foot = max(one.box[2] for one in drawn), max(one.box[3] for one in drawn)
    unit = max(right - left, 2 * (foot - top) / 3, 1) / _WIDTH
    edge = round(_EDGE * unit) + 1
    shapes = []
    for one in sorted(drawn, key=lambda each: (each.middle[1] // (120 * unit), each.middle[0])):
        wide, high = one.box[2] - one.box[0], one.box[3] - one.box[1]
        is_small = max(wide, high) < _SMALL * unit or one.room < _SMALL * unit / 6
        fits = one.room > max(letters * _LETTER, _LINE) / 2 * unit
        area = named[one.code]
        shapes.append(Shape(area, classes.tone(area.value), one, is_small, fits and not is_small))
    return Choropleth(
        sorted(shapes, key=lambda shape: shape.is_small),
        classes.keys([shape.area for shape in shapes]),
        classes,
        left - edge,
        top - edge,
        right - left + 2 * edge,
        foot - top + 2 * edge,
        unit,
    )
