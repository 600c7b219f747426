"""Making a backup: one instant of the database, then the files, sealed, read back, and only then named."""

import fcntl
import os
import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from ombudsman_app.core import durable, limits
from ombudsman_app.core.clock import now
from ombudsman_app.core.config import Settings
from ombudsman_app.core.faults import crash_point
from ombudsman_app.core.jobs.words import N_
from ombudsman_app.core.sealed_files import PIECE_BYTES
from ombudsman_app.core.sealing import BackupKey, key_names_in, read_backup_key
from ombudsman_app.core.trail.heads import LOG

from . import files, folder, postgresql, sqlite
from .archive import Head, Reader, Summary, Writer
from .database import Snapshot, engine_name, revision_of, trail_end
from .errors import BackupBusy, BackupFailed, NoRoom

Tell = Callable[[str, int, int], None]  # a step (msgid), how much is done, of how much
STEPS = (N_("Copying the database"), N_("Copying files"), N_("Reading the backup back"))
_MISSING_NAMED = 20


@dataclass(frozen=True)
class Made:
    """A backup that is there, whole and read back."""

    path: Path
    size_bytes: int
    head: Head
    summary: Summary


def silent(_step: str, _done: int, _total: int) -> None:
    """Tell nobody."""


def instance_of(settings: Settings) -> str:
    """Return the name by which backups of this house are known: the host of its public address."""
    return urlsplit(settings.public_url).hostname or "localhost"


def make_backup(settings: Settings, to: Path, *, keep: int | None = None, tell: Tell = silent) -> Made:
    """Copy database and files into a new file in the folder; `keep` that many of this house, all if None.

    Writers go on meanwhile. Raises BackupFailed, PlaceRefused, UnsafeSettings, OSError: nothing is there.
    """
    key = read_backup_key(settings.backup_key_file)
    durable.make_folder(to)
    with _alone(settings), _scratch(settings) as scratch:
        folder.remove_drafts(to)
        made = _make(settings, to, key, scratch, tell)
        if keep is not None:
            folder.remove_old(to, made.head.instance, keep)
            crash_point("backup.pruned")
    return made


def _make(settings: Settings, to: Path, key: BackupKey, scratch: Path, tell: Tell) -> Made:
    heads = files.heads_size(settings)
    _refuse_without_room(settings, to)
    tell(STEPS[0], 0, 0)
    with _snapshot(settings, scratch) as snapshot:
        made_at = now()
        head = _head(settings, snapshot, key, made_at)
        path = folder.name_in(to, made_at)
        with durable.writing(path, point="backup") as file:
            summary = _write(settings, to, snapshot, Writer(file, head, key), heads=heads, tell=tell)
            file.flush()
            _read_back(file, key, summary, tell)
    return Made(path, path.stat().st_size, head, summary)


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    """One backup at a time. The kernel frees the lock of a process that died."""
    durable.make_folder(settings.run_dir)
    with (settings.run_dir / "backup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupBusy("Another backup of this house is being made just now.") from None
        yield


@contextmanager
def _scratch(settings: Settings) -> Iterator[Path]:
    """Give a folder beside the database for its copy, and leave nothing; not even what a dead one left."""
    place = settings.data_dir / files.SCRATCH
    shutil.rmtree(place, ignore_errors=True)
    durable.make_folder(place)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _snapshot(settings: Settings, scratch: Path) -> AbstractContextManager[Snapshot]:
    if engine_name(settings.database_url) == "sqlite":
        return sqlite.snapshot(settings.database_url, scratch)
    return postgresql.snapshot(settings.database_url)


def _head(settings: Settings, snapshot: Snapshot, key: BackupKey, made_at: datetime) -> Head:
    return Head(
        product="kawal-layanan",
        release=version("kawal-layanan"),
        engine=engine_name(settings.database_url),
        revision=revision_of(snapshot.connection),
        instance=instance_of(settings),
        made_at=made_at.isoformat(timespec="seconds"),
        key_id=key.id,
        salt=secrets.token_hex(32),
    )


def _refuse_without_room(settings: Settings, to: Path) -> None:
    """Raise PlaceRefused where the copy, as large as it can be, would leave too little (FI3)."""
    wanted = sum(path.stat().st_size for path in files.kept_files(settings, to))
    database = 0
    if engine_name(settings.database_url) == "sqlite":
        with suppress(FileNotFoundError):
            database = sqlite.file_of(settings.database_url).stat().st_size
    is_same_disk = to.stat().st_dev == settings.data_dir.stat().st_dev
    for place, needed in (
        (to, wanted + database * (2 if is_same_disk else 1)),
        (settings.data_dir, database),
    ):
        free = shutil.disk_usage(place).free
        if free - needed < limits.FREE_BYTES_LEAST:
            raise NoRoom(
                f"There is no room in {place}: the backup may need {needed >> 20} MiB and must leave "
                f"{limits.FREE_BYTES_LEAST >> 20} MiB; {free >> 20} MiB are free."
            )


def _write(
    settings: Settings, to: Path, snapshot: Snapshot, writer: Writer, *, heads: int, tell: Tell
) -> Summary:
    end = trail_end(snapshot.connection)
    told: dict[str, Any] = {"trail": asdict(end) if end else None, "tables": 0, "rows": 0}
    for entry in snapshot.add_to(writer):
        if entry.kind == "table":
            told["tables"] += 1
            told["rows"] += int(entry.details["rows"])
            tell(STEPS[0], 0, 0)
    crash_point("backup.database")
    missing = list(files.missing_files(settings, snapshot))
    told |= {**snapshot.details(), **_files(settings, to, writer, heads, tell)}
    told |= {"missing": len(missing), "missing_names": missing[:_MISSING_NAMED]}
    told["house_keys"] = key_names_in(settings.keys, but=settings.backup_key_file)
    return writer.close(told)


def _files(settings: Settings, to: Path, writer: Writer, heads: int, tell: Tell) -> Mapping[str, int]:
    """Add the files. They are written whole before the rows that name them and never changed (FI7)."""
    number = size = 0
    for path in files.kept_files(settings, to):
        name = path.relative_to(settings.data_dir).as_posix()
        try:
            file = path.open("rb")
        except FileNotFoundError:
            continue  # destroyed since we looked: nobody shall have it any more
        with file:
            length = heads if name == LOG else os.fstat(file.fileno()).st_size
            entry = writer.add("file", name, _first(file, length))
        number, size = number + 1, size + entry.size
        tell(STEPS[1], number, 0)
    crash_point("backup.files")
    return {"files": number, "file_bytes": size}


def _first(file: IO[bytes], length: int) -> Iterator[bytes]:
    """Yield that many bytes from the start: a log that grows meanwhile is copied as it was."""
    left = length
    while left and (piece := file.read(min(left, PIECE_BYTES))):
        left -= len(piece)
        yield piece


def _read_back(file: IO[bytes], key: BackupKey, summary: Summary, tell: Tell) -> None:
    """Read what was written from the disk, and prove all of it before it gets its name."""
    os.fsync(file.fileno())
    os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    with Path(f"/proc/self/fd/{file.fileno()}").open("rb") as written:
        if check(written, key, tell) != summary:
            raise BackupFailed("What was read back is not what was written.")


def check(file: IO[bytes], key: BackupKey, tell: Tell = silent) -> Summary:
    """Prove a whole backup: every piece, every sum, and its end. Raises BackupUnsound (BK3)."""
    reader = Reader(file, key)
    for number, member in enumerate(reader.members()):
        for _piece in member.pieces:
            pass
        tell(STEPS[2], number, 0)
    return reader.proved()
