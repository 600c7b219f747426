"""Real disks of a few pages for tests: full when told, with room again when told."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PAGE = 4096
LARGE = 600 << 20  # an upload is promised only where more than limits.FREE_BYTES_LEAST is free


class Disk:
    """A tmpfs: it takes memory for what is written, not for how large it is."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._filler = folder / "filler"

    def fill(self, *, spare: int = 0) -> None:
        """Leave so many bytes, in whole pages, and no more."""
        room = os.statvfs(self.folder)
        used = (room.f_blocks - room.f_bfree) * room.f_frsize
        self._resize(used + spare + PAGE)
        self._filler.write_bytes(b"x")  # the last page: a disk of no page would be one without a limit
        if not spare:
            with pytest.raises(OSError, match="No space"):
                (self.folder / "more").write_bytes(b"x")
            (self.folder / "more").unlink()

    def make_room(self) -> None:
        """Let it be large again."""
        self._filler.unlink()
        self._resize(LARGE)

    def take_names(self) -> None:
        """Leave no room for a further file or folder, however small."""
        room = os.statvfs(self.folder)
        self._remount(f"nr_inodes={room.f_files - room.f_ffree}")

    def give_names(self) -> None:
        """Let there be files and folders again."""
        self._remount("nr_inodes=100k")

    def files(self) -> set[str]:
        """Return what lies on it, whole or half."""
        found = (Path(at, name) for at, _folders, names in os.walk(self.folder) for name in names)
        every = (path for path in found if path != self._filler)  # children leave while one walks
        return {str(path.relative_to(self.folder)) for path in every}

    def _resize(self, size: int) -> None:
        self._remount(f"size={size}")

    def _remount(self, option: str) -> None:
        subprocess.run(["mount", "-o", f"remount,{option}", str(self.folder)], check=True)


@contextmanager
def disk(folder: Path) -> Iterator[Disk]:
    """Put a disk of its own in the place of a folder. Skips where this account may not."""
    folder.mkdir(mode=0o700, exist_ok=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"mode=700,nr_inodes=100k,size={LARGE}", "tmpfs", str(folder)],
        check=False,
        capture_output=True,
    )
    if mounted.returncode:
        pytest.skip("this account may not mount a small disk")
    try:
        yield Disk(folder)
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
