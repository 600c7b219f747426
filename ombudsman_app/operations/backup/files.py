"""Which files belong into a backup: all of the data folder but what has a line here.

A folder that somebody adds tomorrow is in; what must stay out has a line here.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection, inspect, select

from ombudsman_app.attachments.commands import named_parts
from ombudsman_app.core.config import Settings
from ombudsman_app.core.errors import UnsafeSettings
from ombudsman_app.core.trail.heads import LOG
from ombudsman_app.documents.models import Document
from ombudsman_app.imports.commands import named_lists

from .database import Snapshot
from .sqlite import file_of

SCRATCH = "scratch"
UNFINISHED = "restore-unfinished"
MANIFEST = "restored-manifest.jsonl"
# Not in it: what a phone is still sending (it begins anew; a day old at most), what jobs made for one person
# (a day), sockets and pipes, copies, and the keys, which lie apart from every backup (BK1).
_LEFT_OUT = frozenset({"arriving", "produced", "run", "keys", "backups", SCRATCH, UNFINISHED, MANIFEST})


def refuse_unfinished(settings: Settings) -> None:
    """Raise UnsafeSettings where a restore began and did not end: what is there is half a house."""
    if (settings.data_dir / UNFINISHED).exists():
        raise UnsafeSettings(
            f"A restore into {settings.data_dir} did not end: run the same `ombudsman restore` again."
        )


def heads_size(settings: Settings) -> int:
    """Return how long the log of trail heads is. Asked before the snapshot: no head may be newer."""
    with suppress(FileNotFoundError):
        return (settings.data_dir / LOG).stat().st_size
    return 0


def kept_files(settings: Settings, to: Path | None) -> Iterator[Path]:
    """Yield all files of the data folder that belong into a backup, in the order of their names."""
    root = settings.data_dir
    outside = {settings.keys.resolve(), settings.backup_key_file.resolve()}
    outside |= {folder.resolve() for folder in (to, settings.backup_folder) if folder is not None}
    if settings.database_url.startswith("sqlite"):
        database = file_of(settings.database_url)
        outside |= {Path(f"{database}{tail}") for tail in ("", "-wal", "-shm", "-journal")}
    for entry in sorted(root.iterdir()):
        if entry.name in _LEFT_OUT or entry.name.startswith(".") or entry.resolve() in outside:
            continue
        yield from _files_in(entry, outside) if entry.is_dir() else _regular(entry)


def _files_in(folder: Path, outside: set[Path]) -> Iterator[Path]:
    """Walk down. A folder of the data may lie on another disk behind a link; further links end there."""
    for at, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if (Path(at) / name).resolve() not in outside)
        for name in sorted(files):
            if not name.startswith("."):  # a file that is still being written
                yield from _regular(Path(at) / name)


def _regular(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path


def named_files(connection: Connection) -> Iterator[str]:
    """Yield all files that rows speak of, from the data folder on, as this connection sees the rows."""
    for name in named_parts(connection):
        yield f"files/{name[:2]}/{name}"
    for name in named_lists(connection):
        yield f"imports/{name[:2]}/{name}"
    if inspect(connection).has_table(Document.__tablename__):  # else a database of an earlier release
        papers = select(Document.stored_name).where(Document.wrapped_key.is_not(None))
        for stored in connection.scalars(papers.execution_options(yield_per=1000)):
            if stored is not None:
                yield f"documents/{stored.hex[:2]}/{stored.hex}"


def missing_files(settings: Settings, snapshot: Snapshot) -> Iterator[str]:
    """Yield names of files that rows of the snapshot speak of and that are not there."""
    for name in named_files(snapshot.connection):
        if not (settings.data_dir / name).is_file():
            yield name
