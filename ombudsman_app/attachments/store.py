"""Where the bytes lie: a port, and the folder of this machine behind it. It sees sealed bytes alone.

FI7: a temporary file, fsync, rename, fsync of the folder; the row comes after that. A file that no row
names is removed after a day (`commands.remove_orphans`).
"""

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Protocol

from flask import current_app

from ombudsman_app.core import durable
from ombudsman_app.core.config import Settings


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
        with durable.writing(self._path(name), point="store") as file:
            yield file

    def adopt(self, arrived: Path, name: str) -> None:
        """Take over a file that is whole and synced already; again is the same."""
        path = self._path(name)
        durable.make_folder(path.parent)
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
        durable.sync_folder(path.parent)
        durable.sync_folder(arrived.parent)

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
        durable.make_folder(self._root)
        return shutil.disk_usage(self._root).free


def store() -> LocalStore:
    """Return the store of this house."""
    return LocalStore(_settings().data_dir / "files")


def arrivals() -> Path:
    """Return the folder of files that are still arriving."""
    folder = _settings().data_dir / "arriving"
    durable.make_folder(folder)
    return folder


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings
