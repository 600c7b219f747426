"""Putting a backup back: all of it is proved before anything is touched, and compared after it was written.

Only into an empty place. A restore that died is known by its marker, and begun anew by the same command.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from alembic.script import ScriptDirectory
from alembic.util import CommandError

from ombudsman_app.core import durable, limits
from ombudsman_app.core.config import Settings
from ombudsman_app.core.faults import crash_point
from ombudsman_app.core.migrating import alembic_config, migrate
from ombudsman_app.core.sealed_files import PIECE_BYTES
from ombudsman_app.core.sealing import EXPECTED_IDS, BackupKey, key_names_in

from .archive import Entry, Head, Member, Reader, Summary
from .database import Loading, Target, engine_name, known_as
from .errors import BackupFailed, BackupUnsound, NoRoom, PlaceRefused
from .files import MANIFEST, UNFINISHED
from .making import Tell, check, silent
from .postgresql import PostgresTarget
from .sqlite import SqliteTarget

STEPS = (
    "Reading the backup",
    "Writing it back",
    "Comparing with the manifest",
    "Bringing the tables up to date",
)


@dataclass(frozen=True)
class Restored:
    """What is there now, equal to its manifest."""

    head: Head
    summary: Summary
    revision: str  # after the tables were brought up to date
    missing_keys: tuple[str, ...]  # of the house, with their ids, that do not lie here


def restore(path: Path, key: BackupKey, settings: Settings, *, tell: Tell = silent) -> Restored:
    """Prove the backup, fill the place that the settings name, compare, bring the tables up to date.

    Raises BackupUnsound and PlaceRefused before anything was touched, BackupFailed where what was written
    differs.
    """
    with path.open("rb") as file:
        tell(STEPS[0], 0, 0)
        summary = check(file, key, tell)
        file.seek(0)
        head = Reader(file, key).head
        target = _target(head, settings)
        newest = _refuse_newer(head, settings)
        _refuse_place(settings, target, path)
        _refuse_without_room(settings, summary, path)
        with _marked(settings, target):
            file.seek(0)
            tell(STEPS[1], 0, 0)
            _fill(Reader(file, key), settings, target, tell)
            crash_point("restore.filled")
            tell(STEPS[2], 0, 0)
            _compare(settings, target, tell)
            tell(STEPS[3], 0, 0)
            migrate(settings)
            crash_point("restore.upgraded")
            missing = _expect_keys(settings, summary)
    return Restored(head, summary, newest, missing)


def _target(head: Head, settings: Settings) -> Target:
    engine = engine_name(settings.database_url)
    if engine != head.engine:
        raise PlaceRefused(
            f"This backup holds a database of {head.engine}; --database names one of {engine}."
        )
    if engine == "sqlite":
        return SqliteTarget(settings.database_url)
    return PostgresTarget(settings.owner_url, settings)


def _refuse_newer(head: Head, settings: Settings) -> str:
    """Return the newest revision that this release knows. Raises PlaceRefused for one ahead of it."""
    config = alembic_config(settings)
    config.attributes["engine"].dispose()
    scripts = ScriptDirectory.from_config(config)
    try:
        scripts.get_revision(head.revision)
    except CommandError:
        raise PlaceRefused(
            f"This backup comes from release {head.release} with tables ({head.revision}) that this release "
            "does not know: install that release or a newer one first."
        ) from None
    return str(scripts.get_current_head())


def _refuse_place(settings: Settings, target: Target, path: Path) -> None:
    """Raise PlaceRefused unless folder and database are empty, or hold what an unfinished restore left."""
    root = settings.data_dir
    if path.resolve().is_relative_to(root.resolve()):
        raise PlaceRefused("The backup lies in the folder that is to be filled: move it elsewhere first.")
    if root.exists() and not root.is_dir():
        raise PlaceRefused(f"{root} is no folder.")
    is_begun = _is_begun(settings)
    if not is_begun:
        allowed = {path.resolve() for path in (settings.keys, root / UNFINISHED, root / "lost+found")}
        others = [one.name for one in root.iterdir() if one.resolve() not in allowed] if root.exists() else []
        if others:
            raise PlaceRefused(
                f"{root} is not empty ({sorted(others)[0]}): a restore never writes over anything."
            )
    target.refuse_unless_empty(is_begun=is_begun)


def _is_begun(settings: Settings) -> bool:
    """Whether a restore to just this database began here and died; then what lies here is its own."""
    try:
        told = (settings.data_dir / UNFINISHED).read_text(encoding="utf-8")
    except FileNotFoundError:
        return False
    if told not in ("", known_as(settings.database_url)):  # empty: it died before it did anything
        raise PlaceRefused(
            f"A restore to the database {told} began here: name that one, or take a new folder."
        )
    return told != ""


def _refuse_without_room(settings: Settings, summary: Summary, path: Path) -> None:
    place = next(one for one in (settings.data_dir, *settings.data_dir.parents) if one.exists())
    needed = int(summary.details["file_bytes"]) + path.stat().st_size + limits.FREE_BYTES_LEAST
    if shutil.disk_usage(place).free < needed:
        raise NoRoom(f"There is no room in {place}: {needed >> 20} MiB are needed.")


@contextmanager
def _marked(settings: Settings, target: Target) -> Iterator[None]:
    """Mark the place as unfinished for the length of the block. With the marker on it no service starts."""
    root, marker = settings.data_dir, settings.data_dir / UNFINISHED
    durable.make_folder(root)
    if _is_begun(settings):
        _clear(settings)
        target.remove_leftovers()
    marker.touch(mode=0o600)
    crash_point("restore.touched")
    with marker.open("w", encoding="utf-8") as file:
        file.write(known_as(settings.database_url))
        file.flush()
        os.fsync(file.fileno())
    durable.sync_folder(root)
    crash_point("restore.begun")
    yield
    target.end()
    marker.unlink()
    durable.sync_folder(root)


def _clear(settings: Settings) -> None:
    """Remove what an unfinished restore wrote: all but the marker and the keys."""
    for one in settings.data_dir.iterdir():
        if one.name in (UNFINISHED, "lost+found") or one.resolve() == settings.keys.resolve():
            continue
        shutil.rmtree(one) if one.is_dir() and not one.is_symlink() else one.unlink()


def _fill(reader: Reader, settings: Settings, target: Target, tell: Tell) -> None:
    """Write files and rows, and beside them the manifest, line by line."""
    with (
        durable.writing(settings.data_dir / MANIFEST, point="restore.manifest") as manifest,
        target.loading(reader.head.revision) as loading,
    ):
        for number, member in enumerate(reader.members()):
            _take(member, settings, loading)
            if member.entry is not None:
                manifest.write(member.entry.as_json().encode() + b"\n")
            tell(STEPS[1], number, 0)
        loading.finish(reader.proved().details)


def _take(member: Member, settings: Settings, loading: Loading) -> None:
    if member.kind != "file":
        loading.take(member)
        for _piece in member.pieces:
            pass
        return
    with durable.writing(_inside(settings.data_dir, member.name), point="restore.file") as file:
        for piece in member.pieces:
            file.write(piece)


def _inside(root: Path, name: str) -> Path:
    """Return the path of a file of the backup; none may lead out of the folder (FI2)."""
    parts = PurePosixPath(name).parts
    if not parts or name.startswith("/") or ".." in parts:
        raise BackupUnsound("The backup names a file outside of its folder.")
    return root.joinpath(*parts)


def _compare(settings: Settings, target: Target, tell: Tell) -> None:
    """Read back all that was written and compare it with the manifest. Raises BackupFailed."""
    with (settings.data_dir / MANIFEST).open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            entry = Entry(**json.loads(line))
            if entry.kind == "file":
                differs = _file_differs(settings.data_dir / entry.name, entry)
            else:
                differs = target.differs(entry)
            if differs:
                raise BackupFailed(f"{entry.name} was written but is not what the manifest says.")
            tell(STEPS[2], number, 0)


def _file_differs(path: Path, entry: Entry) -> bool:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE_BYTES):
            digest.update(piece)
    return digest.hexdigest() != entry.sha256


def _expect_keys(settings: Settings, summary: Summary) -> tuple[str, ...]:
    """Return which keys of the house are not here.

    Where some are missing, the key folder is told which belong there: no start makes new ones that open
    nothing. A production start makes none at all.
    """
    here = key_names_in(settings.keys)
    wanted: dict[str, str] = summary.details["house_keys"]
    missing = {one: name for one, name in wanted.items() if one not in here}
    if missing and not settings.is_production:
        with durable.writing(settings.keys / EXPECTED_IDS, point="restore.keys") as file:
            file.write("".join(f"{one} {name}\n" for one, name in wanted.items()).encode())
    return tuple(f"{name} ({one})" for one, name in missing.items())
