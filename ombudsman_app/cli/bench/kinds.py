"""Which kind of web process serves our pages best: single-threaded, threaded, more of them."""

import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from .actors import set_stage
from .crowd import ask_at_once
from .pages import pages
from .quiet import quiet_app
from .serving import OURS, Request, Server, plain_environ

CLIENTS = 8
_PAGES = ("form, one step", "queue", "case")
# name → (hops: without a proxy `web/server.py` takes threads, processes)
_KINDS = {
    "2 single-threaded": ("1", 2),
    "2 with 4 threads": ("0", 2),
    "4 single-threaded": ("1", 4),
}
_WARM_UP = 40
_KIB = 1024


@dataclass(frozen=True)
class Kind:
    """What one kind did with one page."""

    page: str
    processes: str
    pages_a_second: float
    cpu_ms: float
    p95_ms: float
    memory_mib: float


def compare(office: str, *, requests: int, rounds: int, tell: Callable[[str], None]) -> list[dict[str, Any]]:
    """Let eight clients read the same pages from each kind in turn. Raises LookupError, WrongAnswer."""
    with tempfile.TemporaryDirectory(prefix="bench") as place, ExitStack() as stack:
        servers = {name: _server(stack, Path(place), *how) for name, how in _KINDS.items()}
        first = next(iter(servers.values()))
        app = stack.enter_context(quiet_app(first.settings))
        stage = set_stage(app, office)
        asked = {page.name: page.prepare(1)[0] for page in pages(app, first, stage) if page.name in _PAGES}
        for server in servers.values():
            server.start()
        found: dict[tuple[str, str], list[tuple[float, float, float]]] = {}
        for number in range(rounds + 1):  # the first one warms up
            tell(f"round {number} of {rounds}")
            for page, request in asked.items():
                for name, server in servers.items():
                    seen = _seen(server, request, max(1, requests // rounds) if number else _WARM_UP)
                    if number:
                        found.setdefault((page, name), []).append(seen)
        weight = {name: server.memory_kib() for name, server in servers.items()}
        return [asdict(_kind(page, name, rows, weight[name])) for (page, name), rows in found.items()]


def _server(stack: ExitStack, folder: Path, hops: str, processes: int) -> Server:
    server = stack.enter_context(Server(OURS, plain_environ(), folder=folder, processes=processes))
    server.environ["OMBUDSMAN_PROXY_HOPS"] = hops
    return server


def _seen(server: Server, request: Request, number: int) -> tuple[float, float, float]:
    before = server.cpu_milliseconds()
    pace, p95 = ask_at_once(server, request, number, CLIENTS)
    return pace, (server.cpu_milliseconds() - before) / number, p95


def _kind(page: str, name: str, rows: list[tuple[float, float, float]], memory_kib: int) -> Kind:
    pace, cpu, p95 = (round(median(column), 2) for column in zip(*rows, strict=True))
    return Kind(page, name, pace, cpu, p95, round(memory_kib / _KIB, 1))
