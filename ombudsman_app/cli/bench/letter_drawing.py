"""Letters through the render server, one and two at a time, and through WeasyPrint alone, by turns."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ombudsman_app.app import create_app
from ombudsman_app.core.children import ask_in
from ombudsman_app.core.clock import monotonic
from ombudsman_app.core.config import Settings
from ombudsman_app.web.pdf import as_bundle

from .drawing import AT_ONCE, render_server
from .letter_samples import KINDS, sample_letter, sample_paper, template_of

ONE_GOAL, TWO_GOAL, MEMORY_GOAL = 1.2, 1.6, 1.3  # pages a second and peak beside WeasyPrint alone
VARIANT = "pdf/ua-1"
_SECONDS = 120.0
_KIB = 1024


@dataclass
class Drawn:
    """What one way has cost so far. `peak_kib`: of the biggest process."""

    pages: int = 0
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    peak_kib: int = 0

    @property
    def pages_per_second(self) -> float:
        return self.pages / self.seconds


@dataclass
class Ways:
    """The three of them."""

    raw: Drawn = field(default_factory=Drawn)
    one: Drawn = field(default_factory=Drawn)
    two: Drawn = field(default_factory=Drawn)


def run(rounds: int, *, tell: Callable[[str], None]) -> dict[str, Any]:
    """Return what was measured. Raises ChildFailed, WrongAnswer."""
    with tempfile.TemporaryDirectory(prefix="bench") as place:
        folder, ways = Path(place), Ways()
        bundles = _bundles(folder)
        with render_server(folder) as server:
            _ours(folder, server, bundles[:1], Drawn(), at_once=1)
            before = _resident_kib(server)
            for number in range(1, rounds + 1):
                tell(f"round {number} of {rounds}")
                _raw(bundles, ways.raw)
                _ours(folder, server, bundles, ways.one, at_once=1)
                _ours(folder, server, bundles, ways.two, at_once=AT_ONCE)
            after = _resident_kib(server)
    return _judged(ways, rounds * len(bundles), after - before)


def _bundles(folder: Path) -> list[Path]:
    app = create_app(Settings(data_dir=folder, database_url="sqlite://"))
    paths = []
    with app.app_context():
        for kind in KINDS:
            for is_long in (False, True):
                letter, paper = (
                    sample_letter(kind, is_long=is_long),
                    sample_paper(kind, "https://lapor.contoh"),
                )
                path = folder / f"{kind}-{is_long}.bundle"
                path.write_bytes(as_bundle(template_of(kind), letter=letter, paper=paper))
                paths.append(path)
    return paths


def _raw(bundles: list[Path], drawn: Drawn) -> None:
    command = [
        sys.executable,
        "-I",
        "-m",
        "ombudsman_app.isolated.unforked",
        "1",
        VARIANT,
        *map(str, bundles),
    ]
    done = subprocess.run(  # noqa: S603 - our own program, no shell
        command, check=True, capture_output=True
    )
    said = json.loads(done.stdout)
    drawn.pages += said["pages"]
    drawn.seconds += said["seconds"]
    drawn.cpu_seconds += said["cpu_seconds"]
    drawn.peak_kib = max(drawn.peak_kib, said["peak_kib"])


def _ours(folder: Path, server: int, bundles: list[Path], drawn: Drawn, *, at_once: int) -> None:
    def draw(path: Path) -> dict[str, Any]:
        answer, _content = ask_in(
            folder, "render", "pdf", {"variant": VARIANT}, path.read_bytes(), seconds=_SECONDS
        )
        return answer

    burnt, began = _cpu_seconds(server), monotonic()
    with ThreadPoolExecutor(at_once) as pool:
        answers = list(pool.map(draw, bundles))
    drawn.seconds += monotonic() - began
    drawn.cpu_seconds += _cpu_seconds(server) - burnt
    drawn.pages += sum(int(answer["pages"]) for answer in answers)
    drawn.peak_kib = max(drawn.peak_kib, *(int(answer["peak_kib"]) for answer in answers))


def _cpu_seconds(process: int) -> float:
    """Return what a process and all its ended children have used."""
    words = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return sum(map(int, words[11:15])) / os.sysconf("SC_CLK_TCK")


def _resident_kib(process: int) -> int:
    lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


def _judged(ways: Ways, papers: int, growth_kib: int) -> dict[str, Any]:
    raw = ways.raw
    speed = {
        "raw": raw.pages_per_second,
        "one": ways.one.pages_per_second,
        "two": ways.two.pages_per_second,
        "times_one": ways.one.pages_per_second / raw.pages_per_second,
        "times_two": ways.two.pages_per_second / raw.pages_per_second,
        "goal_one": ONE_GOAL,
        "goal_two": TWO_GOAL,
    }
    cpu_ms = {name: 1000 * way.cpu_seconds / way.pages for name, way in vars(ways).items()}
    peak = max(ways.one.peak_kib, ways.two.peak_kib)
    memory = {
        "raw_mib": raw.peak_kib / _KIB,
        "child_mib": peak / _KIB,
        "times": peak / raw.peak_kib,
        "goal": MEMORY_GOAL,
        "server_growth_mib": growth_kib / _KIB,
    }
    missed = [
        f"{name}: {got:.2f}, goal {goal}"
        for name, got, goal, is_met in (
            ("pages a second, one at a time", speed["times_one"], ONE_GOAL, speed["times_one"] >= ONE_GOAL),
            ("pages a second, two at a time", speed["times_two"], TWO_GOAL, speed["times_two"] >= TWO_GOAL),
            ("peak memory", memory["times"], MEMORY_GOAL, memory["times"] <= MEMORY_GOAL),
        )
        if not is_met
    ]
    return {
        "papers": papers,
        "pages": raw.pages,
        "speed": speed,
        "cpu_ms": cpu_ms,
        "memory": memory,
        "missed": missed,
    }
