"""Telling a runner that there is work: a byte in a pipe, or an entry in a Redis queue. May fail silently.

Who is not woken finds the work by looking: the embedded runner every few seconds, the relay every
half minute (JQ1).
"""

import errno
import os
import stat
from pathlib import Path
from uuid import UUID

from flask import current_app

from ombudsman_app.core.config import Settings
from ombudsman_app.core.logs import logger

WAKE = "wake"
READY = "runner-ready"  # written by a runner that listens


def wake(uuid: UUID, attempts: int = 0) -> None:
    """Nudge whoever runs jobs. `attempts`: how many there were, since a queue takes each nudge once."""
    settings: Settings = current_app.extensions["settings"]
    try:
        if settings.redis_url:
            from .queue import push

            push(settings, uuid, attempts)
        else:
            _write(settings.run_dir / WAKE)
    except Exception as failed:
        logger.warning("nobody was woken", code=type(failed).__name__)


def _write(pipe: Path) -> None:
    try:
        opened = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
    except OSError as nobody:
        if nobody.errno in (errno.ENOENT, errno.ENXIO):
            return  # no runner listens
        raise
    try:
        os.write(opened, b"!")
    except BlockingIOError:
        pass  # the pipe is full of nudges
    finally:
        os.close(opened)


def open_pipe(folder: Path) -> int:
    """Make the pipe of this house and return its reading end. It never reaches its end."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    pipe = folder / WAKE
    if not (pipe.exists() and stat.S_ISFIFO(pipe.stat().st_mode)):
        pipe.unlink(missing_ok=True)
        os.mkfifo(pipe, 0o600)
    return os.open(pipe, os.O_RDWR | os.O_NONBLOCK)


def drain(pipe: int) -> None:
    """Take all nudges out."""
    try:
        while os.read(pipe, 4096):
            pass
    except BlockingIOError:
        pass
