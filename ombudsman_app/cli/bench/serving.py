"""One gunicorn with its own socket, and what the system says about its processes."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from urllib.parse import urlsplit

from ombudsman_app.core.clock import monotonic
from ombudsman_app.core.config import Settings, settings_from

OURS = "python:ombudsman_app.web.server"
FLOOR = "python:ombudsman_app.cli.bench.floor_server"
PATIENCE_SECONDS = 60.0
_KIB = 1024
_CPU_CLOCK = 2  # of a process, all its threads together: linux/include/linux/posix-timers.h


@dataclass(frozen=True)
class Request:
    """What a browser sends. `body`: an encoded form."""

    path: str
    cookies: str = ""
    body: bytes | None = None
    status: int = 200


@dataclass(frozen=True)
class Answer:
    """What came back, and how long it took from the connection to the last byte."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes
    milliseconds: float


class WrongAnswer(Exception):
    """A page did not answer as it should; the text says which."""


class Server:
    """gunicorn as in production behind a proxy (single-threaded processes), on a free port.

    Its socket is open from the beginning, so that settings can name its port; `start()` starts it.
    """

    def __init__(self, config: str, environ: Mapping[str, str], *, folder: Path, processes: int = 1) -> None:
        self._config, self._folder, self._processes = config, folder, processes
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=512)
        self.port = int(self._listener.getsockname()[1])
        own = {"OMBUDSMAN_HOST": "127.0.0.1", "PORT": str(self.port), "OMBUDSMAN_PROXY_HOPS": "1"}
        self.environ = {**environ, **own, "OMBUDSMAN_WEB_PROCESSES": str(processes)}
        self.settings: Settings = settings_from(self.environ)
        self._child: subprocess.Popen[bytes] | None = None
        self.workers: list[int] = []

    def __enter__(self) -> "Server":
        return self

    def start(self) -> None:
        """Start the processes and wait for them. Raises WrongAnswer with what gunicorn said."""
        descriptor = self._listener.fileno()
        command = [sys.executable, "-m", "gunicorn", "-c", self._config, "-b", f"fd://{descriptor}"]
        with (self._folder / f"log-{self.port}").open("wb") as log:
            self._child = subprocess.Popen(  # noqa: S603 - our own server, no shell
                command, env=self.environ, pass_fds=(descriptor,), stdout=log, stderr=log
            )
        until = monotonic() + PATIENCE_SECONDS
        while len(self.workers) < self._processes:
            if self._child.poll() is not None or monotonic() > until:
                raise WrongAnswer(f"the server did not start: {self._said()}")
            time.sleep(0.05)
            self.workers = _children_of(self._child.pid)

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._listener.close()
        if self._child is not None:
            self._child.terminate()
            self._child.wait(timeout=PATIENCE_SECONDS)

    def _said(self) -> str:
        said = (self._folder / f"log-{self.port}").read_text("utf-8", "replace")
        return " ".join(said.split())[-400:]

    def ask(self, request: Request) -> Answer:
        """Ask once, on a connection of its own, as a proxy does. Raises WrongAnswer."""
        headers = self._headers(request)
        method = "GET" if request.body is None else "POST"
        began = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        try:
            connection.request(method, request.path, body=request.body, headers=headers)
            response = connection.getresponse()
            body = response.read()
        finally:
            connection.close()
        took = (time.perf_counter() - began) * 1_000
        if response.status != request.status:
            raise WrongAnswer(f"{method} {request.path} answered {response.status}, not {request.status}")
        return Answer(response.status, response.headers, body, took)

    def _headers(self, request: Request) -> dict[str, str]:
        parts = urlsplit(self.settings.public_url)
        headers = {
            "Host": parts.netloc,
            "X-Forwarded-For": "203.0.113.7",
            "X-Forwarded-Proto": parts.scheme,
            "Accept-Encoding": "gzip",
            "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        }
        if request.cookies:
            headers["Cookie"] = request.cookies
        if request.body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        return headers

    def as_bytes(self, request: Request) -> bytes:
        """Return a reading request as it goes over the wire."""
        lines = [f"{name}: {value}" for name, value in self._headers(request).items()]
        return "\r\n".join([f"GET {request.path} HTTP/1.0", *lines, "", ""]).encode()

    def cpu_milliseconds(self) -> float:
        """Return what all web processes have used so far, on the processor and in the kernel for them."""
        time.sleep(0.01)  # what follows the last answer: closing, the next accept
        return sum(time.clock_gettime_ns(~pid << 3 | _CPU_CLOCK) for pid in self.workers) / 1e6

    def memory_kib(self) -> int:
        """Return the memory of gunicorn and its processes; what they share is counted once (PSS)."""
        pids = [*self.workers, *([self._child.pid] if self._child else [])]
        return sum(map(_pss_kib, pids))


def _children_of(parent: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, ValueError):
            fields = status.read_text().rpartition(")")[2].split()
            if int(fields[1]) == parent and fields[0] != "Z":
                found.append(int(status.parent.name))
    return sorted(found)


def _pss_kib(pid: int) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0


def plain_environ() -> dict[str, str]:
    """Return our environment, which names database and keys."""
    return dict(os.environ)
