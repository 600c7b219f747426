"""Starting the real service in a folder of its own, and asking the system what became of it."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

PATIENCE_SECONDS = 60
PRINTED = "printed.log"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Ours, without any setting of the product or of a coverage tool, and a data folder."""
    plain = {
        name: value for name, value in os.environ.items() if not name.startswith(("OMBUDSMAN_", "PYTHON"))
    }
    return {**plain, "OMBUDSMAN_DATA": str(folder), "PYTHONUNBUFFERED": "1", **more}


def wait_until(holds: Callable[[], object], *, why: str, seconds: float = PATIENCE_SECONDS) -> None:
    """Ask again until it holds; a condition, never a length of time, is what a test waits for."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, f"waited in vain: {why}"
        time.sleep(0.05)


def answer(port: int, path: str = "/healthz") -> int | None:
    return page(port, path)[0]


def page(port: int, path: str) -> tuple[int | None, str]:
    """Return status and text, or (None, "") where nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    try:
        connection.request("GET", path, headers={"Host": "localhost", "Accept-Language": "id"})
        response = connection.getresponse()
        return response.status, response.read().decode()
    except (OSError, http.client.HTTPException):
        return None, ""
    finally:
        connection.close()


def processes_of(folder: Path) -> dict[int, int]:
    """Return {pid: pid of its parent} of all that run with this data folder, whoever started them."""
    found = {}
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if f"OMBUDSMAN_DATA={folder}\0".encode() in (process / "environ").read_bytes():
                parent = re.search(r"^PPid:\t(\d+)$", (process / "status").read_text(), re.MULTILINE)
                found[int(process.name)] = int(parent[1]) if parent else 0
    return found


@contextmanager
def started(command: list[str], environ: Mapping[str, str], cwd: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program, what it prints goes to `printed_in(cwd)`; at the end nothing of its data folder runs."""
    with (cwd / PRINTED).open("wb") as file:
        running = subprocess.Popen(
            command,
            env=dict(environ),
            cwd=cwd,
            stdout=file,
            stderr=file,
            preexec_fn=_hear_interrupts,  # noqa: PLW1509 - we have one thread
        )
    try:
        yield running
    finally:
        running.terminate()
        with suppress(subprocess.TimeoutExpired):
            running.wait(timeout=30)
        for pid in processes_of(Path(environ["OMBUDSMAN_DATA"])):
            os.kill(pid, 9)


def _hear_interrupts() -> None:
    """A test run in the background of a shell ignores Ctrl-C, and what it starts would inherit that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def printed_in(cwd: Path) -> str:
    return (cwd / PRINTED).read_text(encoding="utf-8")


OMBUDSMAN = str(Path(sys.executable).with_name("ombudsman"))
