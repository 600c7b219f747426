"""Rings of places on the grid: which way they run, how large they are, and where one crosses itself.

A loop that is small beside its ring is an artefact of rounding and is cut off; a large one means that the
outline is twisted, and nobody can know what was meant.
"""

from array import array
from collections.abc import Iterator

from .geojson import LEFT, ROW_BITS, TOP, Ring, WrongFeature

MASK = (1 << ROW_BITS) - 1
_SMALL_SHARE = 0.02  # of a ring: a loop up to this is cut off
_SMALL_PLACES = 30.0  # or so many places of the grid
_CELL = 24  # how many places one cell of the search is wide at least
_WORK = 6_000_000  # pairs that are compared at most
_ROUNDS = 3
Point = tuple[int, int]


def points(ring: Ring) -> list[Point]:
    """Return the places as x and y."""
    return [(place & MASK, place >> ROW_BITS) for place in ring]


def area(ring: list[Point]) -> float:
    """Return the area; above zero where the ring runs clockwise on the page (y down)."""
    total = 0
    x0, y0 = ring[-1] if ring else (0, 0)
    for x, y in ring:
        total += x0 * y - x * y0
        x0, y0 = x, y
    return total / 2


def mended(ring: Ring, unit: int) -> tuple[Ring, int]:
    """Return the ring without its small loops, and how many there were. Raises WrongFeature for large."""
    cut = 0
    for _again in range(_ROUNDS):
        crossed = list(_crossings(points(ring)))
        if not crossed:
            break
        ring, number = _without_loops(ring, crossed, unit)
        cut += number
        if not number:
            break
    return ring, cut


def _without_loops(ring: Ring, crossed: list[tuple[int, int]], unit: int) -> tuple[Ring, int]:
    flat = points(ring)
    whole = abs(area(flat))
    gone = bytearray(len(ring))
    cut = 0
    for i, j in sorted(crossed, key=lambda pair: pair[1] - pair[0]):
        if gone[i] or gone[j] or gone[i + 1]:
            continue
        inner = range(i + 1, j + 1)
        meeting = _meeting(flat, i, j)
        loop = abs(area([meeting, *(flat[at] for at in inner if not gone[at])]))
        before = [flat[at] for at in range(i + 1) if not gone[at]]
        after = [flat[at] for at in range(j + 1, len(flat)) if not gone[at]]
        rest = abs(area([*before, meeting, *after]))
        smaller = min(loop, rest)
        if smaller > max(_SMALL_SHARE * whole, _SMALL_PLACES):
            x, y = flat[i]
            raise WrongFeature("twisted", (round(LEFT + x / unit, 3), round(TOP - y / unit, 3)))
        dropped = inner if loop <= rest else (at for at in range(len(flat)) if not i < at <= j)
        for at in dropped:
            gone[at] = 1
        cut += 1
    return array("q", (place for at, place in enumerate(ring) if not gone[at])), cut


def _meeting(flat: list[Point], i: int, j: int) -> Point:
    """Return where two edges that cross meet, on the grid."""
    (ax, ay), (bx, by) = flat[i], flat[i + 1]
    (cx, cy), (dx, dy) = flat[j], flat[(j + 1) % len(flat)]
    turn = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx)
    along = ((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)) / turn
    return round(ax + along * (bx - ax)), round(ay + along * (by - ay))


def _crossings(flat: list[Point]) -> Iterator[tuple[int, int]]:
    """Yield pairs of edges of a ring that truly cross, each once; edge i goes from point i to the next."""
    count = len(flat)
    if count < 4:
        return
    edges = [(*flat[at], *flat[(at + 1) % count]) for at in range(count)]
    span = sum(max(abs(x2 - x1), abs(y2 - y1)) for x1, y1, x2, y2 in edges) // count
    cell = max(_CELL, 2 * span)
    cells: dict[Point, list[int]] = {}
    left, seen = _WORK, set()
    for at, (x1, y1, x2, y2) in enumerate(edges):
        for column in range(min(x1, x2) // cell, max(x1, x2) // cell + 1):
            for row in range(min(y1, y2) // cell, max(y1, y2) // cell + 1):
                others = cells.setdefault((column, row), [])
                left -= len(others) + 1
                if left < 0:
                    raise WrongFeature("complex")
                for other in others:
                    if _cross(edges[other], edges[at]) and (other, at) not in seen:
                        seen.add((other, at))
                        yield other, at
                others.append(at)


def _cross(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    """Whether two edges cross inside both; a touch at an end is none."""
    ax, ay, bx, by = one
    cx, cy, dx, dy = other
    if (ax if ax > bx else bx) < (cx if cx < dx else dx) or (cx if cx > dx else dx) < (ax if ax < bx else bx):
        return False
    if (ay if ay > by else by) < (cy if cy < dy else dy) or (cy if cy > dy else dy) < (ay if ay < by else by):
        return False
    side1 = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
    side2 = (bx - ax) * (dy - ay) - (by - ay) * (dx - ax)
    if side1 * side2 >= 0:
        return False
    side3 = (dx - cx) * (ay - cy) - (dy - cy) * (ax - cx)
    side4 = (dx - cx) * (by - cy) - (dy - cy) * (bx - cx)
    return side3 * side4 < 0
