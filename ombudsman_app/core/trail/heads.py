"""Copies of the signed head outside the database: an older one put back ends before one of them (LG1)."""

import json
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select

from ombudsman_app.core.clock import now
from ombudsman_app.core.db import db
from ombudsman_app.core.durable import add_line

from .models import TrailEntry, TrailHead

LOG = "trail-heads.log"
_AT_ONCE = 500


def copy_head(log: Path) -> bool:
    """Add the head to the log if it has moved since the last line; return whether it had. Durable."""
    head = db.session.execute(select(TrailHead.seq, TrailHead.hash, TrailHead.signature)).first()
    db.session.rollback()
    if head is None or _last(log) == head.seq:
        return False
    line = {"at": now().isoformat(), "seq": head.seq, "hash": head.hash, "signature": head.signature}
    add_line(log, json.dumps(line).encode())
    return True


def heads_in(log: Path) -> dict[int, str]:
    """Return the hash by entry number of all whole lines; a line that the power cut is left out."""
    found = {}
    if log.exists():
        for line in log.read_text(encoding="utf-8").splitlines():
            try:
                row = json.loads(line)
                found[int(row["seq"])] = str(row["hash"])
            except (ValueError, KeyError, TypeError):
                continue
    return found


def contradicted(log: Path) -> str | None:
    """Say where the trail differs from a copied head; None: it continues all of them."""
    copied = heads_in(log)
    if not copied:
        return None
    for numbers in _batches(sorted(copied)):
        stored = dict(
            db.session.execute(
                select(TrailEntry.seq, TrailEntry.hash).where(TrailEntry.seq.in_(numbers))
            ).all()
        )
        for number in numbers:
            if number and stored.get(number) != copied[number]:
                return f"entry {number} is not the one whose head was copied out"
    return None


def _batches(numbers: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(numbers), _AT_ONCE):
        yield numbers[start : start + _AT_ONCE]


def _last(log: Path) -> int | None:
    return max(heads_in(log), default=None)
