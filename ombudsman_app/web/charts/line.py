"""A line with an area under it: how a number went over time."""

from collections.abc import Sequence
from dataclasses import dataclass

from .shape import WHOLE, checked, nice_top, share


@dataclass(frozen=True)
class Point:
    """One value in its place: `x` from the left, `y` from the top, in hundredths."""

    label: str
    value: int
    x: float
    y: float


@dataclass(frozen=True)
class GridLine:
    """A line across, and the number that it stands for."""

    value: float
    y: float


@dataclass(frozen=True)
class Line:
    """All points, the grid, and the two paths in a box of `width` × `height`."""

    points: list[Point]
    grid: list[GridLine]
    path: str
    area: str

    @property
    def first(self) -> Point:
        return self.points[0]

    @property
    def last(self) -> Point:
        return self.points[-1]

    @property
    def peak(self) -> Point:
        """Return the highest point; of several the latest."""
        return max(reversed(self.points), key=lambda point: point.value)


def line(values: Sequence[tuple[str, int]], *, width: float = WHOLE, height: float = WHOLE) -> Line | None:
    """Lay the values out from left to right above a floor of zero; None where there are none.

    One value stands at the right end, where the eye looks for "now". Places are hundredths; the paths are
    in the box given, so a PDF asks for its own. Raises ImpossibleChart for negative numbers.
    """
    if not values:
        return None
    top = nice_top(max(checked(value) for _, value in values))
    steps = len(values) - 1
    points = [
        Point(label, value, share(place, steps) if steps else WHOLE, round(WHOLE - share(value, top), 2))
        for place, (label, value) in enumerate(values)
    ]
    grid = [GridLine(value, round(WHOLE - share(value, top), 2)) for value in (top, top / 2, 0.0)]
    drawn = " L".join(
        f"{_number(point.x * width / WHOLE)} {_number(point.y * height / WHOLE)}" for point in points
    )
    left, right = _number(points[0].x * width / WHOLE), _number(points[-1].x * width / WHOLE)
    floor = _number(height)
    return Line(points, grid, f"M{drawn}", f"M{left} {floor} L{drawn} L{right} {floor} Z")


def _number(value: float) -> str:
    return f"{round(value, 2):g}"
