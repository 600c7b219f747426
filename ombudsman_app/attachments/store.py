"""Where the bytes lie: a port, and the folder of this machine behind it. It sees sealed bytes alone.

FI7: a temporary file, fsync, rename, fsync of the folder; the row comes after that. A file that no row
names is removed after a day (`commands.remove_orphans`).
"""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Protocol
from uuid import uuid4

from flask import current_app

from ombudsman_app.core.config import Settings
from ombudsman_app.core.faults import crash_point


class Store(Protocol):
    """What any store can do. Names are ours: letters and digits."""

    def writing(self, name: str) -> "Iterator[IO[bytes]]":
        """Give a file to write; after the block it is there under its name, durably, or not at all."""

    def open(self, name: str) -> IO[bytes]:
        """Open for reading. Raises FileNotFoundError."""

    def exists(self, name: str) -> bool:
        """Whether it is there."""

    def delete(self, name: str) -> None:
        """Remove; nothing happens if it is not there."""

    def names(self) -> Iterator[tuple[str, float]]:
        """Yield each name with the second since the epoch when it was written."""

    def free_bytes(self) -> int:
        """Return how much room is left."""


class LocalStore:
    """A folder, two levels deep. Files have no ending and can be read by this account alone."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def _path(self, name: str) -> Path:
        return self._root / name[:2] / name

    @contextmanager
    def writing(self, name: str) -> Iterator[IO[bytes]]:
        """Write whole or not at all."""
        path = self._path(name)
        _make(path.parent)
        draft = path.parent / f".{uuid4().hex}"
        try:
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                yield file
                file.flush()
                crash_point("store.written")
                os.fsync(file.fileno())
            draft.rename(path)
            crash_point("store.renamed")
            sync_folder(path.parent)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise

    def adopt(self, arrived: Path, name: str) -> None:
        """Take over a file that is whole and synced already; again is the same."""
        path = self._path(name)
        _make(path.parent)
        try:
            arrived.rename(path)
        except FileNotFoundError:
            if not path.exists():
                raise
        except OSError as failed:
            if failed.errno != errno.EXDEV:
                raise
            with arrived.open("rb") as source, self.writing(name) as target:  # another disk
                shutil.copyfileobj(source, target)
            arrived.unlink()
        sync_folder(path.parent)
        sync_folder(arrived.parent)

    def open(self, name: str) -> IO[bytes]:
        """Open for reading."""
        return self._path(name).open("rb")

    def exists(self, name: str) -> bool:
        """Whether it is there."""
        return self._path(name).is_file()

    def delete(self, name: str) -> None:
        """Remove."""
        self._path(name).unlink(missing_ok=True)

    def names(self) -> Iterator[tuple[str, float]]:
        """Yield names and times; drafts of dead processes too."""
        for path in self._root.glob("*/*"):
            with suppress(FileNotFoundError):
                yield path.name, path.stat().st_mtime

    def delete_found(self, name: str) -> None:
        """Remove what `names` gave, drafts included."""
        for path in self._root.glob(f"*/{name}"):
            path.unlink(missing_ok=True)

    def free_bytes(self) -> int:
        """Return how much room is left where the folder lies."""
        _make(self._root)
        return shutil.disk_usage(self._root).free


def _make(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Make a rename in this folder survive a power cut."""
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def store() -> LocalStore:
    """Return the store of this house."""
    return LocalStore(_settings().data_dir / "files")


def arrivals() -> Path:
    """Return the folder of files that are still arriving."""
    folder = _settings().data_dir / "arriving"
    _make(folder)
    return folder


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings
