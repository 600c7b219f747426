"""Simplifying outlines of neighbours together: what two share is simplified once, and stays shared.

Rings are cut into arcs where three areas or an end meet. Each arc is simplified by itself (Visvalingam: the
point that spans the smallest triangle goes first), whichever of its two owners asks for it.
"""

from collections.abc import Iterable, Mapping, Sequence
from heapq import heapify, heappop, heappush
from itertools import pairwise

from .geojson import ROW_BITS, Ring
from .rings import MASK, Point, area, points

_CLOSED = 4  # places of an arc that is a whole ring: a triangle and its first place again
Arc = tuple[int, ...]


def simplified(
    regions: Mapping[str, Sequence[Ring]], triangle: float, least: float
) -> dict[str, list[list[Point]]]:
    """Return the rings of each region. `triangle`: places a point must span to stay; `least`: a ring to stay.

    The largest ring of a region always stays, however small it is. Largest first.
    """
    nodes = _nodes(ring for rings in regions.values() for ring in rings)
    known: dict[Arc, Arc] = {}
    return {
        code: _kept([(ring, _simplified(ring, nodes, known, triangle)) for ring in rings], least)
        for code, rings in regions.items()
    }


def _kept(pairs: Sequence[tuple[Ring, list[Point]]], least: float) -> list[list[Point]]:
    sized = sorted(
        ((abs(area(ring)), ring) for _raw, ring in pairs if len(ring) > 2), key=lambda one: -one[0]
    )
    kept = [ring for size, ring in sized if size >= least]
    if kept:
        return kept
    if sized and sized[0][0]:
        return [sized[0][1]]
    whole = max((points(raw) for raw, _ring in pairs), key=lambda ring: abs(area(ring)))
    if area(whole):
        return [whole]
    x, y = whole[0]
    return [[(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)]]  # smaller than the grid


def _nodes(rings: Iterable[Ring]) -> set[int]:
    """Return where arcs begin and end: places that do not have the same two neighbours everywhere."""
    around: dict[int, tuple[int, int]] = {}
    nodes: set[int] = set()
    for ring in rings:
        before = ring[-1]
        for at, place in enumerate(ring):
            after = ring[at + 1] if at + 1 < len(ring) else ring[0]
            pair = (before, after) if before < after else (after, before)
            if around.setdefault(place, pair) != pair:
                nodes.add(place)
            before = place
    return nodes


def _simplified(ring: Ring, nodes: set[int], known: dict[Arc, Arc], triangle: float) -> list[Point]:
    found: list[int] = []
    for arc in _cut(ring, nodes):
        is_turned = arc[::-1] < arc
        own = arc[::-1] if is_turned else arc
        if own not in known:
            known[own] = _thinned(own, triangle)
        found += (known[own][::-1] if is_turned else known[own])[:-1]
    return [(place & MASK, place >> ROW_BITS) for place in found]


def _cut(ring: Ring, nodes: set[int]) -> list[Arc]:
    """Cut a ring at its nodes; without any it is one arc that begins at its smallest place."""
    starts = [at for at, place in enumerate(ring) if place in nodes]
    begin = starts[0] if starts else ring.index(min(ring))
    turned = (*ring[begin:], *ring[: begin + 1])
    cuts = [at - begin for at in starts[1:]]
    ends = [0, *cuts, len(ring)]
    return [turned[a : b + 1] for a, b in pairwise(ends)]


def _thinned(arc: Arc, triangle: float) -> Arc:
    """Take out the points that span less than `triangle`, smallest first; ends stay."""
    fewest = _CLOSED if arc[0] == arc[-1] else 2
    if len(arc) <= fewest:
        return arc
    flat = [(place & MASK, place >> ROW_BITS) for place in arc]
    before, after = list(range(-1, len(arc) - 1)), list(range(1, len(arc) + 1))
    sizes = [0.0, *(_span(flat[at - 1], flat[at], flat[at + 1]) for at in range(1, len(arc) - 1)), 0.0]
    heap = [(sizes[at], at) for at in range(1, len(arc) - 1) if sizes[at] < triangle]
    heapify(heap)
    gone = bytearray(len(arc))
    left = len(arc)
    while heap and left > fewest:
        size, at = heappop(heap)
        if gone[at] or size != sizes[at]:
            continue
        gone[at] = 1
        left -= 1
        a, b = before[at], after[at]
        after[a], before[b] = b, a
        for near in (a, b):
            if 0 < near < len(arc) - 1:
                # never below what has just gone, else a whole coast would melt from one end
                sizes[near] = max(size, _span(flat[before[near]], flat[near], flat[after[near]]))
                if sizes[near] < triangle:
                    heappush(heap, (sizes[near], near))
    return tuple(place for at, place in enumerate(arc) if not gone[at])


def _span(a: Point, b: Point, c: Point) -> float:
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2
