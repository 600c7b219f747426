"""Child servers for the length of one command: what reads foreign files and draws papers, if none runs."""

import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from ombudsman_app.core.children import SERVERS, Server, is_there
from ombudsman_app.core.clock import monotonic
from ombudsman_app.core.config import Settings

from .run import child_server_part

_PATIENCE_SECONDS = 20


@contextmanager
def own_servers(settings: Settings, names: Sequence[Server] = SERVERS) -> Iterator[None]:
    """Let servers of our own do it where none runs. Where none comes up, whoever asks is told so."""
    settings.run_dir.mkdir(parents=True, exist_ok=True)
    parts = [child_server_part(settings, name) for name in names if not is_there(settings.run_dir, name)]
    children = [
        subprocess.Popen(part.command, env={}, start_new_session=True)  # noqa: S603 - our own command
        for part in parts
    ]
    try:
        began = monotonic()
        while not all(
            part.is_ready() or child.poll() is not None for part, child in zip(parts, children, strict=True)
        ):
            if monotonic() - began > _PATIENCE_SECONDS:
                break
            time.sleep(0.1)
        yield
    finally:
        for child in children:
            child.terminate()
        for child in children:
            child.wait(_PATIENCE_SECONDS)
