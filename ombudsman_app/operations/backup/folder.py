"""The folder of backups: names, what lies there, and which old ones go."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ombudsman_app.core.clock import now

from .archive import Head, read_head
from .errors import BackupUnsound

ENDING = ".kawal-backup"
_DRAFT = re.compile(r"\.[0-9a-f]{32}")  # `core/durable.py`
_DRAFT_DIES = timedelta(days=1)


@dataclass(frozen=True)
class Kept:
    """One backup in the folder. It got its name after it had been read back: it was whole then."""

    path: Path
    head: Head
    size_bytes: int
    made_at: datetime


def name_in(folder: Path, made_at: datetime) -> Path:
    """Return a free name for a backup of this instant."""
    stem, number = f"kawal-{made_at:%Y%m%dT%H%M%SZ}", 1
    path = folder / f"{stem}{ENDING}"
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}{ENDING}"
    return path


def kept_in(folder: Path, instance: str) -> list[Kept]:
    """Return the backups of this house, the newest first. Others may share the folder."""
    return sorted(_kept(folder, instance), key=lambda one: (one.made_at, one.path.name), reverse=True)


def _kept(folder: Path, instance: str) -> Iterator[Kept]:
    for path in folder.glob(f"kawal-*{ENDING}") if folder.is_dir() else ():
        with suppress(OSError, BackupUnsound, ValueError):
            with path.open("rb") as file:
                head, _place = read_head(file)
            if head.instance == instance:
                made_at = datetime.fromisoformat(head.made_at).astimezone(UTC)
                yield Kept(path, head, path.stat().st_size, made_at)


def remove_old(folder: Path, instance: str, keep: int) -> int:
    """Remove all but the newest of this house; return how many went."""
    old = kept_in(folder, instance)[keep:]
    for one in old:
        one.path.unlink(missing_ok=True)
    return len(old)


def remove_drafts(folder: Path) -> None:
    """Remove what a backup that died left behind."""
    limit = (now() - _DRAFT_DIES).timestamp()
    for path in folder.iterdir():
        with suppress(FileNotFoundError):
            if _DRAFT.fullmatch(path.name) and path.stat().st_mtime < limit:
                path.unlink()
