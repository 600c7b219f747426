"""Does a page get slower when the house has more complaints? Small and large side by side, in rounds."""

import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from flask import Flask

from ombudsman_app.cli.lines import BadInput

from .actors import set_stage
from .finding_pages import finding_pages
from .measuring import percentile
from .pages import Page, pages
from .quiet import quiet_app
from .scratch import scratch
from .serving import OURS, Server
from .statements import statements_of

GOAL = 1.3  # p50 at 100,000 compared with 10,000
_COMPARED = {
    "queue": GOAL,
    "queue, filtered": GOAL,
    "case": GOAL,
    "tips": GOAL,
    "desk": None,
}  # None: only told
_FINDINGS = {
    "register, overview": None,  # its picture counts all that waits
    "register, page on": GOAL,
    "register, overdue": GOAL,
    "register, kind": GOAL,
    "register, office": GOAL,
    "portal, inbox": GOAL,
}
_WARM_UP = 20


@dataclass(frozen=True)
class Growth:
    """One page at the sizes asked for, in their order. `growth`: largest compared with the one before it."""

    page: str
    p50_ms: list[float]
    cpu_ms: list[float]
    statements: list[int]
    growth: float
    goal: float | None

    @property
    def misses(self) -> list[str]:
        said = []
        if self.goal is not None and self.growth > self.goal:
            said.append(f"{self.page}: p50 grows {self.growth:.2f} ×, goal {self.goal:g}")
        if len(set(self.statements)) > 1:
            said.append(f"{self.page}: {self.statements} statements, they must not depend on the size")
        return said


@dataclass
class _House:
    server: Server
    app: Flask
    pages: dict[str, Page]


def read_sizes(text: str) -> list[int]:
    """Read "10,10000,100000": at least two, growing. Raises BadInput."""
    try:
        sizes = [int(word) for word in text.split(",")]
    except ValueError:
        sizes = []
    if len(sizes) < 2 or sizes != sorted(set(sizes)) or not 1 <= sizes[0] <= sizes[-1] <= 2_000_000:
        raise BadInput("--sizes wants two or more growing numbers such as 10,10000,100000")
    return sizes


def grow(
    sizes: list[int],
    database_url: str,
    office: str,
    requests: int,
    rounds: int,
    *,
    of_findings: bool = False,
    tell: Callable[[str], None],
) -> dict[str, Any]:
    """Make a house of each size, ask the same pages of all in turn, compare.

    A size is a number of complaints, each with as much information; `of_findings`: of findings.
    """
    compared = _FINDINGS if of_findings else _COMPARED
    word = "findings" if of_findings else "complaints"
    with tempfile.TemporaryDirectory(prefix="bench") as place, ExitStack() as stack:
        houses: list[_House] = []
        for size in sizes:
            tell(f"{size:,} {word}")
            folder = Path(place) / f"house{len(houses)}"
            environ = stack.enter_context(scratch(folder, database_url, size, of_findings=of_findings))
            houses.append(_house(stack, environ, folder, office, of_findings))
        found = [_compared(line, houses, requests, rounds, tell) for line in compared.items()]
    return {
        "sizes": sizes,
        "pages": [asdict(one) for one in found],
        "missed": [miss for one in found for miss in one.misses],
    }


def _house(stack: ExitStack, environ: dict[str, str], folder: Path, office: str, of_findings: bool) -> _House:
    server = stack.enter_context(Server(OURS, environ, folder=folder))
    app = stack.enter_context(quiet_app(server.settings))
    if of_findings:
        asked = finding_pages(app, office)
        server.start()
    else:
        stage = set_stage(app, office)
        server.start()
        asked = pages(app, server, stage)
    return _House(server, app, {page.name: page for page in asked})


def _compared(
    asked_for: tuple[str, float | None],
    houses: list[_House],
    requests: int,
    rounds: int,
    tell: Callable[[str], None],
) -> Growth:
    name, goal = asked_for
    each = max(1, requests // rounds)
    p50: list[list[float]] = [[] for _ in houses]
    cpu: list[list[float]] = [[] for _ in houses]
    for number in range(-1, rounds):  # the first one warms up
        tell(f"{name}: round {number + 1} of {rounds}")
        for place, house in enumerate(houses):
            asked = house.pages[name].prepare(each if number >= 0 else _WARM_UP)
            before = house.server.cpu_milliseconds()
            walls = [house.server.ask(request).milliseconds for request in asked]
            if number >= 0:
                cpu[place].append((house.server.cpu_milliseconds() - before) / len(asked))
                p50[place].append(percentile(walls, 50))
    return Growth(
        page=name,
        p50_ms=[round(median(one), 2) for one in p50],
        cpu_ms=[round(median(one), 2) for one in cpu],
        statements=[statements_of(house.app, house.pages[name].prepare(1)[0]) for house in houses],
        growth=round(median(large / small for small, large in zip(p50[-2], p50[-1], strict=True)), 2),
        goal=goal,
    )
