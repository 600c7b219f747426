"""Real child servers for tests, in a folder of their own."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ombudsman_app.core.children import Server, is_there

from .house.service import wait_until

STRANGE = Path(__file__).parent / "faults" / "strange_server.py"


def start(folder: Path, server: Server, *command: str) -> subprocess.Popen[bytes]:
    """Start a server and wait until it listens."""
    whole = command or ("-m", f"ombudsman_app.isolated.{server}")
    running = subprocess.Popen([sys.executable, *whole, str(folder)])
    wait_until(lambda: is_there(folder, server) or running.poll() is not None, why=f"{server} listens")
    assert running.poll() is None, f"{server} ended with {running.returncode}"
    return running


@contextmanager
def child_server(folder: Path, server: Server, *command: str) -> Iterator[subprocess.Popen[bytes]]:
    """The same for the length of a test; afterwards it is gone."""
    running = start(folder, server, *command)
    try:
        yield running
    finally:
        stop(running)


def stop(running: subprocess.Popen[bytes]) -> None:
    if running.poll() is None:
        running.terminate()
    running.wait(30)
