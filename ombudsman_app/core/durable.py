"""Files that survive a power cut: temporary file, fsync, rename, fsync of the folder (FI7)."""

import errno
import fcntl
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


def is_full(failed: BaseException) -> bool:
    """Whether there was no room, on the disk or for this account. What was written before is as it was."""
    return isinstance(failed, OSError) and failed.errno in (errno.ENOSPC, errno.EDQUOT)


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


def add_line(path: Path, line: bytes) -> None:
    """Add a line for good or not at all; what a power cut left of another one does not swallow it."""
    is_new = not path.exists()
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b", buffering=0) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        end = file.seek(0, os.SEEK_END)
        try:
            write_all(file, b"" if _ends_a_line(file, end) else b"\n")
            write_all(file, line + b"\n")
            os.fsync(file.fileno())
        except OSError:
            file.truncate(end)
            raise
    if is_new:
        sync_folder(path.parent)


def write_all(file: IO[bytes], content: bytes) -> None:
    """Write through to the end: without a buffer a full disk takes a part and says so at the next."""
    left = memoryview(content)
    while left:
        left = left[file.write(left) :]


def _ends_a_line(file: IO[bytes], end: int) -> bool:
    return not end or os.pread(file.fileno(), 1, end - 1) == b"\n"


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Keep out everybody else who asks the same of this folder: two first starts make one set of files."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX)
        yield
    finally:
        os.close(opened)
