"""Files that survive a power cut: temporary file, fsync, rename, fsync of the folder (FI7)."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from uuid import uuid4

from .faults import crash_point


def make_folder(folder: Path) -> None:
    """Make a folder for this account alone, durably, unless it is there."""
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


@contextmanager
def writing(path: Path, *, point: str) -> Iterator[IO[bytes]]:
    """Give a file to write; after the block it is there under its name, or not at all.

    `point` begins the names of the two points at which a test lets the power go: `.written`, `.renamed`.
    """
    make_folder(path.parent)
    draft = path.parent / f".{uuid4().hex}"
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            yield file
            file.flush()
            crash_point(f"{point}.written")
            os.fsync(file.fileno())
        draft.rename(path)
        crash_point(f"{point}.renamed")
        sync_folder(path.parent)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
