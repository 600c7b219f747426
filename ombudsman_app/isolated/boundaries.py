"""Boundaries of provinces and regencies that an institution brings as GeoJSON, made small enough for a page.

Task `boundaries`: body the file, three outs. The first gets a line of JSON for each area: {"code", "path",
"box", "middle", "room"} (`outlines`), in places of a grid: x = (longitude - 90) × unit, y = (10 - latitude) ×
unit, with 100 places in a degree for provinces, 1,000 for regencies. The second gets {"wrong": [{"number",
"code", "name", "why", "at"}], "wrong_count", "mended": [code], "names": {code: name}, "features",
"vertices", "kept"}. The third is overwritten with "bytes read, areas drawn, areas" as the work goes on.
Answers {"verdict": "ok"|"refused", "reason"} (`verdicts`); with "refused" and reason "" look at "wrong":
`code` (no code of a province or regency), `shape`, `number` (NaN), `outside` (not in Indonesia), `twisted`,
`complex` (crosses itself too often to be looked at), `empty`.

Neighbours keep their common border: provinces are simplified together, regencies those of a province.
"""

import json
import os
from typing import Any

from . import verdicts as v
from .arcs import simplified
from .geojson import ROW_BITS, UNITS, Found, Ring, Wrong, WrongFeature, read
from .outlines import outline
from .rings import MASK, area, mended, points
from .server import Ask
from .streams import write
from .wire import TOO_BIG, UNREADABLE, TaskFailed

FILE_BYTES = 512 * 1024 * 1024
VERTICES = 4_000_000  # on the grid, of the whole file
GROUP_VERTICES = 800_000  # of what is simplified together: it is held as one
AREAS = 2_000
_WRONGS = 20
_ACROSS = {2: 1_300, 5: 900}  # pixels that the nation, and that a province is drawn across
_TRIANGLE, _LEAST = 0.45, 0.8  # square pixels that a point spans to stay, and a ring
_STAIR = 0.51  # square places: a step that the grid itself has made
_SMOOTH = 64  # bytes that hold the progress


class _Work:
    """What one file holds so far."""

    def __init__(self, ask: Ask) -> None:
        self._out, self._about, self._progress = ask.outs
        self.regions: dict[str, list[Ring]] = {}
        self.names: dict[str, str] = {}
        self.wrong: list[Wrong] = []
        self.mended: set[str] = set()
        self.wrong_count = self.features = self.vertices = self.kept = 0
        self._at = self._read = self._drawn = 0

    def heard(self, count: int) -> None:
        self._read = count
        self._tell()

    def take(self, found: Found) -> None:
        """Keep the rings of one feature, mended and turned: outer ones clockwise, lakes the other way."""
        unit = UNITS[len(found.code)]
        held: list[Ring] = []
        for polygon in found.polygons:
            for place, given in enumerate(polygon):
                ring, cut = mended(given, unit)
                if cut:
                    self.mended.add(found.code)
                if len(ring) > 2 or not place:
                    held.append(_turned(ring, is_outer=not place))
        held = [ring for ring in held if ring]
        if not held:
            raise WrongFeature("empty")
        self.vertices += sum(map(len, held))
        if self.vertices > VERTICES or len(self.regions) >= AREAS:
            raise v.Refusal(v.TOO_COMPLEX)
        self.regions.setdefault(found.code, []).extend(held)
        self.names.setdefault(found.code, found.name)

    def refuse(self, wrong: Wrong) -> None:
        self.wrong_count += 1
        if len(self.wrong) < _WRONGS:
            self.wrong.append(wrong)

    def draw(self) -> None:
        """Simplify group after group and write the outlines out."""
        for codes in self._groups():
            group = {code: self.regions.pop(code) for code in codes}
            if sum(len(ring) for rings in group.values() for ring in rings) > GROUP_VERTICES:
                raise v.Refusal(v.TOO_COMPLEX)
            pixel = _extent(group) / _ACROSS[len(codes[0])]
            triangle = max(_TRIANGLE * pixel * pixel, _STAIR)
            rings = simplified(group, triangle, _LEAST * pixel * pixel)
            for code, one in rings.items():
                self.kept += sum(map(len, one))
                said = json.dumps({"code": code, **outline(one)}).encode() + b"\n"
                write(self._out, said, self._at)
                self._at += len(said)
                self._drawn += 1
            self._tell()

    def say(self) -> None:
        """Write what was found beside the outlines."""
        said = {
            "wrong": [vars(one) for one in self.wrong],
            "wrong_count": self.wrong_count,
            "mended": sorted(self.mended),
            "names": self.names,
            "features": self.features,
            "vertices": self.vertices,
            "kept": self.kept,
        }
        write(self._about, json.dumps(said, ensure_ascii=False).encode(), 0)

    def _groups(self) -> list[list[str]]:
        groups: dict[str, list[str]] = {}
        for code in sorted(self.regions):
            groups.setdefault(code[:2] if len(code) > 2 else "", []).append(code)
        return list(groups.values())

    def _tell(self) -> None:
        said = f"{self._read} {self._drawn} {len(self.names)}".ljust(_SMOOTH)
        write(self._progress, said.encode(), 0)


def boundaries(ask: Ask) -> dict[str, Any]:
    """Read boundaries within limits."""
    if ask.body is None or len(ask.outs) != 3:
        raise TaskFailed(UNREADABLE, "body")
    if os.fstat(ask.body).st_size > FILE_BYTES:
        raise TaskFailed(TOO_BIG, "file")
    work = _Work(ask)
    try:
        for one in read(ask.body, work.heard):
            work.features += 1
            if isinstance(one, Wrong):
                work.refuse(one)
                continue
            try:
                work.take(one)
            except WrongFeature as wrong:
                work.refuse(Wrong(one.number, one.code, one.name, wrong.why, wrong.at))
        if not work.wrong:
            work.draw()
    except v.Refusal as refusal:
        return {"verdict": "refused", "reason": refusal.reason}
    work.say()
    return {"verdict": "refused" if work.wrong else "ok", "reason": ""}


def _turned(ring: Ring, *, is_outer: bool) -> Ring:
    return ring if (area(points(ring)) >= 0) == is_outer else ring[::-1]


def _extent(group: dict[str, list[Ring]]) -> float:
    """How wide a group is, in places; a high one counts by its height."""
    places = [place for rings in group.values() for ring in rings for place in ring]
    wide = max(place & MASK for place in places) - min(place & MASK for place in places)
    high = (max(places) >> ROW_BITS) - (min(places) >> ROW_BITS)
    return float(max(wide, high, 1))
