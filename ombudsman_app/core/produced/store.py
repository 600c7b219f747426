"""Bytes on the disk before the row that names them (FI7)."""

import hashlib
from contextlib import suppress
from pathlib import Path
from uuid import UUID, uuid4

from flask import current_app

from ombudsman_app.core.config import Settings
from ombudsman_app.core.durable import writing


def folder() -> Path:
    """Where they lie: no names of people, no endings, not under the web root (FI2)."""
    settings: Settings = current_app.extensions["settings"]
    return settings.data_dir / "produced"


def write(content: bytes) -> UUID:
    """Store the bytes for good and return their name."""
    name = uuid4()
    with writing(folder() / name.hex, point="produced") as file:
        file.write(content)
    return name


def read(name: UUID, sha256: str) -> bytes | None:
    """Return the bytes if they are still those that were stored."""
    try:
        content = (folder() / name.hex).read_bytes()
    except FileNotFoundError:
        return None
    return content if hashlib.sha256(content).hexdigest() == sha256 else None


def remove(name: UUID) -> None:
    with suppress(FileNotFoundError):
        (folder() / name.hex).unlink()


def left_behind(before: float) -> list[Path]:
    """Return files older than an instant (seconds of the epoch): rows of such age are gone."""
    place = folder()
    return [path for path in place.iterdir() if path.stat().st_mtime < before] if place.is_dir() else []
