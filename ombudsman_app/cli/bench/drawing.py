"""Posters through the render server and through WeasyPrint alone; the queue quiet and while two are drawn."""

import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from ombudsman_app.core.children import ask_in, is_there
from ombudsman_app.core.clock import monotonic
from ombudsman_app.directory.posters import Poster, PosterSize
from ombudsman_app.web.pdf import as_bundle

from .actors import set_stage
from .crowd import ask_at_once
from .pages import pages
from .production import refuse_in_production
from .quiet import quiet_app
from .serving import OURS, PATIENCE_SECONDS, Server, WrongAnswer, plain_environ

MEMORY_GOAL, QUEUE_GOAL = 1.3, 2.5  # performance.md
AT_ONCE = 2
_ISOLATED = "ombudsman_app.isolated"
_SECONDS = 60.0
_KIB = 1024


def run(
    office: str, requests: int, papers: int, rounds: int, *, really: str, tell: Callable[[str], None]
) -> dict[str, Any]:
    """Return what was measured. Raises BadInput, ChildFailed, LookupError, WrongAnswer."""
    with tempfile.TemporaryDirectory(prefix="bench") as place, ExitStack() as stack:
        folder = Path(place)
        ours = stack.enter_context(Server(OURS, plain_environ(), folder=folder, processes=AT_ONCE))
        app = stack.enter_context(quiet_app(ours.settings))
        with app.app_context():
            refuse_in_production(really)
            body = as_bundle("directory/pdf/poster.html", assets={}, poster=_poster(ours.settings.public_url))
        stage = set_stage(app, office)
        ours.start()
        queue = next(page for page in pages(app, ours, stage) if page.name == "queue").prepare(1)[0]
        stack.enter_context(render_server(folder))
        tell("papers")
        memory, speed = _papers(folder, body, papers)
        tell("queue")
        read = partial(ask_at_once, ours, queue, requests, AT_ONCE)
        felt = _queue(lambda: read()[1], partial(_always_drawing, folder, body), rounds)
        return _judged(memory, speed, felt)


def _judged(memory: dict[str, float], speed: dict[str, float], queue: dict[str, float]) -> dict[str, Any]:
    missed = []
    if memory["times"] > MEMORY_GOAL:
        missed.append(f"memory: {memory['times']:.2f} × WeasyPrint alone, goal {MEMORY_GOAL}")
    if queue["times"] > QUEUE_GOAL:
        missed.append(f"queue: {queue['times']:.2f} × its quiet p95, goal {QUEUE_GOAL}")
    return {"memory": memory, "speed": speed, "queue": queue, "missed": missed}


def _papers(folder: Path, body: bytes, papers: int) -> tuple[dict[str, float], dict[str, float]]:
    """Draw so many, one at a time, both ways."""
    began = monotonic()
    peak = max(_draw(folder, body) for _ in range(papers))
    child = papers / (monotonic() - began)
    command = [sys.executable, "-I", "-m", f"{_ISOLATED}.unforked"]
    alone = json.loads(subprocess.run([*command, "1"], input=body, check=True, capture_output=True).stdout)  # noqa: S603
    many = json.loads(
        subprocess.run([*command, str(papers)], input=body, check=True, capture_output=True).stdout  # noqa: S603
    )
    raw = papers / many["seconds"]
    memory = {
        "raw_mib": alone["peak_kib"] / _KIB,
        "child_mib": peak / _KIB,
        "times": peak / alone["peak_kib"],
        "goal": MEMORY_GOAL,
    }
    return memory, {"raw": raw, "child": child, "times": child / raw}


def _draw(folder: Path, body: bytes) -> int:
    answer, _content = ask_in(folder, "render", "pdf", {}, body, seconds=_SECONDS)
    return int(answer["peak_kib"])


def _queue(
    ask: Callable[[], float], drawing: Callable[[], AbstractContextManager[None]], rounds: int
) -> dict[str, float]:
    """Read the queue by turns in quiet and while two papers are always being drawn."""
    ask()  # what the first answers prepare is no news
    quiet, busy = [], []
    for _ in range(rounds):
        quiet.append(ask())
        with drawing():
            busy.append(ask())
    return {
        "quiet_ms": median(quiet),
        "busy_ms": median(busy),
        "times": median(busy) / median(quiet),
        "goal": QUEUE_GOAL,
    }


@contextmanager
def _always_drawing(folder: Path, body: bytes) -> Iterator[None]:
    is_over = threading.Event()

    def draw() -> None:
        while not is_over.is_set():
            _draw(folder, body)

    drawing = [threading.Thread(target=draw) for _ in range(AT_ONCE)]
    for one in drawing:
        one.start()
    try:
        yield
    finally:
        is_over.set()
        for one in drawing:
            one.join()


@contextmanager
def render_server(folder: Path) -> Iterator[int]:
    """Run one of our own in a folder; yields its process id."""
    command = [sys.executable, "-I", "-m", f"{_ISOLATED}.render", str(folder), str(AT_ONCE)]
    with subprocess.Popen(command, env={}) as running:  # noqa: S603 - our own program, no shell
        try:
            until = monotonic() + PATIENCE_SECONDS
            while not is_there(folder, "render"):
                if running.poll() is not None or monotonic() > until:
                    raise WrongAnswer("the render server did not start")
                time.sleep(0.05)
            yield running.pid
        finally:
            running.terminate()


def _poster(public_url: str) -> Poster:
    return Poster(
        size=PosterSize.A4,
        counter_name="Loket 3 – Klaim JHT",
        office_name="BPJS Ketenagakerjaan Kantor Cabang Mamuju",
        watched_by="Ombudsman RI Perwakilan Sulawesi Barat",
        reach="",
        address=f"{public_url}/lapor/loket/7K2M9X",
        code="7K2M9X",
        is_demo=True,
    )
