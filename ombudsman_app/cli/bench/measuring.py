"""Measures pages beside the floors, in rounds: machines are noisy, so what is compared lies close in time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median

from .pages import FLOOR_REQUEST, HEALTH, HEALTH_OF_HELLO, Page
from .serving import Request, Server

_WARM_UP = 20
_FEWEST = 4


@dataclass
class Series:
    """What the rounds of one page said. `multiples`: CPU as a multiple of the floor of the same round."""

    page: Page
    cpu: list[float] = field(default_factory=list)  # milliseconds of CPU per request, one per round
    wall: list[float] = field(default_factory=list)  # milliseconds, one per request
    multiples: list[float] = field(default_factory=list)
    of_hello: list[float] = field(default_factory=list)  # requests per CPU second, as a part of hello's
    wire_bytes: int = 0


@dataclass(frozen=True)
class Line:
    """One line of the result."""

    page: str
    cpu_ms: float
    bare_pages: float
    bare_pages_goal: float | None
    of_hello: float | None
    of_hello_goal: float | None
    p50_ms: float
    p95_ms: float
    statements: int | None
    statements_goal: int | None
    wire_bytes: int

    @property
    def misses(self) -> list[str]:
        """Say which goals are missed."""
        said = []
        if self.bare_pages_goal is not None and self.bare_pages > self.bare_pages_goal:
            said.append(f"{self.page}: {self.bare_pages:.1f} × the bare page, goal {self.bare_pages_goal:g}")
        if self.of_hello is not None and self.of_hello_goal and self.of_hello < self.of_hello_goal:
            said.append(f"{self.page}: {self.of_hello:.2f} of a bare hello, goal {self.of_hello_goal:g}")
        if self.statements is not None and self.statements_goal and self.statements > self.statements_goal:
            said.append(f"{self.page}: {self.statements} statements, goal {self.statements_goal}")
        return said


def measure(
    ours: Server,
    bare: Server,
    hello: Server,
    pages: Sequence[Page],
    *,
    requests: int,
    rounds: int,
    tell: Callable[[str], None],
) -> list[Series]:
    """Ask each page in each round, with the bare page before and after it."""
    each = max(_FEWEST, requests // rounds)
    floors = [Series(Page(name, pages[0].goal, lambda number: [FLOOR_REQUEST] * number)) for name in _FLOORS]
    found = [Series(page) for page in pages]
    for server, series in ((hello, floors[0]), (bare, floors[1]), *((ours, one) for one in found)):
        _block(server, series.page.prepare(_WARM_UP), Series(series.page))
    for number in range(rounds):
        tell(f"round {number + 1} of {rounds}")
        for series in found:
            floor = hello if series.page.name == HEALTH else bare
            asked = series.page.prepare(each)
            beside = floors[0 if floor is hello else 1]
            before = _block(floor, beside.page.prepare(each // 2), beside)
            cost = _block(ours, asked, series)
            after = _block(floor, beside.page.prepare(each // 2), beside)
            target = series.of_hello if floor is hello else series.multiples
            target.append((before + after) / 2 / cost if floor is hello else cost / ((before + after) / 2))
    return [*floors, *found]


_FLOORS = ("bare hello", "bare page")


def _block(server: Server, requests: Sequence[Request], series: Series) -> float:
    """Ask one after the other; return the CPU of one request and keep all that was seen."""
    before = server.cpu_milliseconds()
    answers = [server.ask(request) for request in requests]
    cost = (server.cpu_milliseconds() - before) / len(requests)
    series.cpu.append(cost)
    series.wall += [answer.milliseconds for answer in answers]
    series.wire_bytes = len(answers[-1].body)
    return cost


def lines(series: Sequence[Series], statements: dict[str, int]) -> list[Line]:
    """Return what the rounds say: medians, and the goals beside them."""
    bare_cpu = median(next(one.cpu for one in series if one.page.name == "bare page"))
    return [_line(one, bare_cpu, statements.get(one.page.name)) for one in series]


def _line(one: Series, bare_cpu: float, statements: int | None) -> Line:
    cpu, is_floor = median(one.cpu), one.page.name in _FLOORS
    return Line(
        page=one.page.name,
        cpu_ms=round(cpu, 3),
        bare_pages=round(median(one.multiples) if one.multiples else cpu / bare_cpu, 2),
        bare_pages_goal=None if is_floor else one.page.goal.bare_pages,
        of_hello=round(median(one.of_hello), 2) if one.of_hello else None,
        of_hello_goal=HEALTH_OF_HELLO if one.of_hello else None,
        p50_ms=round(percentile(one.wall, 50), 2),
        p95_ms=round(percentile(one.wall, 95), 2),
        statements=statements,
        statements_goal=None if is_floor else one.page.goal.statements,
        wire_bytes=one.wire_bytes,
    )


def percentile(values: Sequence[float], percent: int) -> float:
    """Return the value below which so many of a hundred lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]
