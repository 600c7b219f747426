"""Boundaries that an institution brings: read by the child, stored whole or not at all."""

import hashlib
import json
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from threading import Event as Bell
from threading import Thread
from typing import Any

from sqlalchemy import delete, insert, select

from ombudsman_app.core.children import ChildFailed, ask
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.coverage.errors import BoundariesRefused
from ombudsman_app.coverage.models import Boundary, BoundaryLevel, BoundarySet
from ombudsman_app.directory.models import Region, RegionLevel

SECONDS = 600.0
_LOOK_SECONDS = 0.5
_PIECE_BYTES = 1024 * 1024
_LEVELS = {2: BoundaryLevel.PROVINCE, 5: BoundaryLevel.REGENCY}
_PROGRESS_BYTES = 64
Told = Callable[[int, int, int], None]  # bytes read, areas drawn, areas


@dataclass(frozen=True)
class BoundaryFile:
    """What a file holds: outlines by code, codes that were mended, and how much became how little."""

    outlines: Mapping[str, Mapping[str, Any]]
    names: Mapping[str, str]
    mended: Sequence[str]
    features: int
    vertices: int
    kept: int
    sha256: str


@dataclass(frozen=True)
class BoundaryChange:
    """What an import did: areas stored of each level, and codes of regions that have no outline."""

    stored: Mapping[BoundaryLevel, int]
    missing: Sequence[str]


def read_boundaries(file: int, told: Told = lambda _read, _drawn, _all: None) -> BoundaryFile:
    """Have a file read and simplified by the child, which may take minutes; `told` hears how far it is.

    Raises BoundariesRefused, and ChildFailed where the child cannot be asked.
    """
    digest = _digest(file)
    with ExitStack() as stack:
        outs = [_memory(stack) for _ in range(3)]
        with _listening(outs[2], told):
            try:
                answer, _ = ask("parse", "boundaries", {}, file, into=outs, seconds=SECONDS)
            except ChildFailed as failed:
                if failed.code not in ("too_big", "too_long"):
                    raise
                raise BoundariesRefused(failed.code) from None
        if answer["verdict"] != "ok" and answer["reason"]:
            raise BoundariesRefused(str(answer["reason"]))
        found = json.loads(_whole(outs[1]))
        if answer["verdict"] != "ok":
            raise BoundariesRefused("areas", found["wrong"], found["wrong_count"])
        outlines = {one["code"]: one for one in map(json.loads, _whole(outs[0]).splitlines())}
    return BoundaryFile(
        outlines,
        found["names"],
        found["mended"],
        found["features"],
        found["vertices"],
        found["kept"],
        digest,
    )


@command
def store_boundaries(
    read: BoundaryFile, *, source: str, licence: str, is_lenient: bool = False, actor: Actor
) -> BoundaryChange:
    """Replace the boundaries of each level that the file holds. About 6 statements, whatever its size.

    Codes that the directory does not know are refused by name; `is_lenient` leaves them out.
    """
    regions = _regions()
    unknown = sorted(code for code in read.outlines if code not in regions)
    if unknown and (not is_lenient or len(unknown) == len(read.outlines)):
        wrong = [
            {"number": at, "code": code, "name": read.names.get(code, ""), "why": "unknown"}
            for at, code in enumerate(unknown, start=1)
        ]
        raise BoundariesRefused("unknown", wrong, len(wrong))
    known = [code for code in sorted(read.outlines) if code in regions]
    stored = {}
    for length, level in _LEVELS.items():
        codes = [code for code in known if len(code) == length]
        if codes:
            _replace(
                level, [_row(regions[code], read.outlines[code]) for code in codes], read, source, licence
            )
            stored[level] = len(codes)
    missing = sorted(code for code in regions if _LEVELS[len(code)] in stored and code not in read.outlines)
    areas = {str(level): number for level, number in stored.items()}
    changes = {**areas, "sha256": read.sha256, "source": source, "licence": licence}
    record(Event.COVERAGE_BOUNDARIES_IMPORTED, "boundary_set", None, actor=actor, changes=changes)
    return BoundaryChange(stored, missing)


def _regions() -> dict[str, int]:
    levels = (RegionLevel.PROVINCE, RegionLevel.REGENCY, RegionLevel.CITY)
    asked = select(Region.code, Region.id).where(Region.level.in_(levels), Region.valid_to.is_(None))
    return {row.code: row.id for row in db.session.execute(asked)}


def _replace(
    level: BoundaryLevel, rows: Sequence[dict[str, Any]], read: BoundaryFile, source: str, licence: str
) -> None:
    old = select(BoundarySet.id).where(BoundarySet.level == level).scalar_subquery()
    db.session.execute(delete(Boundary).where(Boundary.set_id == old))
    db.session.execute(delete(BoundarySet).where(BoundarySet.level == level))
    made = BoundarySet(level=level, source=source, licence=licence, sha256=read.sha256, imported_at=now())
    db.session.add(made)
    db.session.flush()
    db.session.execute(insert(Boundary), [{**row, "set_id": made.id} for row in rows])


def _row(region_id: int, outline: Mapping[str, Any]) -> dict[str, Any]:
    left, top, right, bottom = outline["box"]
    x, y = outline["middle"]
    return {
        "region_id": region_id,
        "path": outline["path"],
        "left": left,
        "top": top,
        "right": right,
        "bottom": bottom,
        "middle_x": x,
        "middle_y": y,
        "room": outline["room"],
    }


def _digest(file: int) -> str:
    digest, at = hashlib.sha256(), 0
    while piece := os.pread(file, _PIECE_BYTES, at):
        digest.update(piece)
        at += len(piece)
    return digest.hexdigest()


class _listening:  # noqa: N801 - read as a word: with _listening(…)
    """Says from time to time how far the child is, as it writes it down."""

    def __init__(self, descriptor: int, told: Told) -> None:
        self._descriptor, self._told, self._ended = descriptor, told, Bell()
        self._thread = Thread(target=self._listen, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_failed: object) -> None:
        self._ended.set()
        self._thread.join()

    def _listen(self) -> None:
        while not self._ended.wait(_LOOK_SECONDS):
            said = os.pread(self._descriptor, _PROGRESS_BYTES, 0).split()
            if len(said) == 3:
                self._told(*map(int, said))


def _memory(stack: ExitStack) -> int:
    descriptor = os.memfd_create("boundaries", os.MFD_CLOEXEC)
    stack.callback(os.close, descriptor)
    return descriptor


def _whole(descriptor: int) -> bytes:
    return os.pread(descriptor, os.fstat(descriptor).st_size, 0)
