"""Rings as short paths for SVG, and the place in an area where a word has the most room."""

from collections.abc import Sequence
from math import hypot
from typing import Any

from .rings import Point, area

_LINES = 9  # heights at which the room is looked for
Rings = Sequence[Sequence[Point]]


def outline(rings: Rings) -> dict[str, Any]:
    """Return {"path", "box": [left, top, right, bottom], "middle": [x, y], "room"}, largest ring first."""
    xs = [x for ring in rings for x, _y in ring]
    ys = [y for ring in rings for _x, y in ring]
    x, y, room = _roomiest(rings)
    return {
        "path": path(rings),
        "box": [min(xs), min(ys), max(xs), max(ys)],
        "middle": [x, y],
        "room": room,
    }


def path(rings: Rings) -> str:
    """Write rings with relative places: `M120 40h3v2l-1 1z`; a ring begins from where the last one did."""
    written: list[str] = []
    start: Point | None = None
    for ring in rings:
        first = ring[0]
        written.append(f"M{first[0]} {first[1]}" if start is None else _pair("m", first, start))
        start = before = first
        steps, mode = [], ""
        for place in ring[1:]:
            step, mode = _step(before, place, mode)
            steps.append(step)
            before = place
        written.append("".join(steps) + "z")
    return "".join(written)


def _step(before: Point, place: Point, mode: str) -> tuple[str, str]:
    dx, dy = place[0] - before[0], place[1] - before[1]
    if not dy:
        return f"h{dx}", "h"
    if not dx:
        return f"v{dy}", "v"
    if mode == "l":
        return f"{'' if dx < 0 else ' '}{dx}{'' if dy < 0 else ' '}{dy}", "l"
    return _pair("l", place, before), "l"


def _pair(letter: str, place: Point, start: Point) -> str:
    dx, dy = place[0] - start[0], place[1] - start[1]
    return f"{letter}{dx}{'' if dy < 0 else ' '}{dy}"


def _roomiest(rings: Rings) -> tuple[int, int, int]:
    """Return x, y and how far it is from there to the border, looked for where the largest ring is."""
    main = max(rings, key=lambda ring: abs(area(list(ring))))
    top, foot = min(y for _x, y in main), max(y for _x, y in main)
    edges = [(a, b) for ring in rings for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)]
    best = (main[0][0], main[0][1], 0.0)
    for line in range(_LINES):
        y = top + (foot - top) * (line + 0.5) / _LINES
        crossed = sorted(
            a[0] + (y - a[1]) * (b[0] - a[0]) / (b[1] - a[1]) for a, b in edges if (a[1] > y) != (b[1] > y)
        )
        for left, right in sorted(
            zip(crossed[::2], crossed[1::2], strict=False), key=lambda pair: pair[0] - pair[1]
        )[:2]:
            if (right - left) / 2 <= best[2]:
                continue
            x = (left + right) / 2
            room = min(_distance(x, y, a, b) for a, b in edges)
            if room > best[2]:
                best = (round(x), round(y), room)
    return best[0], best[1], int(best[2])


def _distance(x: float, y: float, a: Point, b: Point) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    along = max(0.0, min(1.0, ((x - a[0]) * dx + (y - a[1]) * dy) / length)) if length else 0.0
    return hypot(x - a[0] - along * dx, y - a[1] - along * dy)
