"""One measurement on the configured database: pages, floors, statements, memory."""

import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import asdict
from itertools import islice, repeat
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from ombudsman_app.complaints.models import Complaint
from ombudsman_app.core.db import db

from . import floor_names
from .actors import set_stage
from .audit_pages import audit_pages
from .filling import Plan, analyze, fill
from .measuring import lines, measure
from .pages import Page, pages
from .production import refuse_in_production
from .quiet import quiet_app
from .serving import FLOOR, OURS, Request, Server, plain_environ
from .statements import statements_of

PROCESSES, MEMORY_GOAL_MIB = 4, 250  # performance.md: 4 processes under load
_LOAD = 240
_KIB = 1024


def run(
    complaints: int, office: str, requests: int, rounds: int, *, really: str, tell: Callable[[str], None]
) -> dict[str, Any]:
    """Return what was measured. Raises BadInput, LookupError, WrongAnswer."""
    with tempfile.TemporaryDirectory(prefix="bench") as place, ExitStack() as stack:
        folder, environ = Path(place), plain_environ()
        ours = stack.enter_context(Server(OURS, environ, folder=folder))
        app = stack.enter_context(quiet_app(ours.settings))
        with app.app_context():
            refuse_in_production(really)
            there = _top_up(complaints, office, tell)
        stage = set_stage(app, office)
        floor = {**environ, floor_names.OFFICE: str(stage.representative_id)}
        hello, bare = (
            stack.enter_context(Server(FLOOR, {**floor, floor_names.APP: name}, folder=folder))
            for name in (floor_names.HELLO, floor_names.BARE_PAGE)
        )
        for server in (hello, bare, ours):
            server.start()
        at_rest = ours.memory_kib()
        measured = [*pages(app, ours, stage), *audit_pages(app, office)]
        series = measure(ours, bare, hello, measured, requests=requests, rounds=rounds, tell=tell)
        counted = {page.name: statements_of(app, page.prepare(1)[0]) for page in measured}
        table = lines(series, counted)
        memory = {
            "one_process_at_rest_mib": round(at_rest / _KIB, 1),
            "one_process_after_mib": round(ours.memory_kib() / _KIB, 1),
            **_under_load(environ, folder, measured, tell),
        }
        missed = [miss for line in table for miss in line.misses]
        if memory["processes_under_load_mib"] > MEMORY_GOAL_MIB:
            missed.append(f"memory: {memory['processes_under_load_mib']} MiB, goal {MEMORY_GOAL_MIB}")
        return {
            "complaints": there,
            "database": app.extensions["engine"].dialect.name,
            "pages": [asdict(line) for line in table],
            "memory": memory,
            "missed": missed,
        }


def _top_up(complaints: int, office: str, tell: Callable[[str], None]) -> int:
    """Invent what is missing; return how many complaints there are."""
    there = db.session.scalar(select(func.count()).select_from(Complaint)) or 0
    db.session.rollback()
    if there < complaints:
        for done in fill(Plan(complaints - there, office)):
            tell(f"{done:,} of {complaints - there:,} complaints")
        analyze()
    return max(there, complaints)


def _under_load(
    environ: dict[str, str], folder: Path, measured: list[Page], tell: Callable[[str], None]
) -> dict[str, float]:
    """Let as many clients as processes read all pages at once, and weigh the processes then."""
    tell("memory under load")
    readings = [page.prepare(1)[0] for page in measured]
    readings = [request for request in readings if request.body is None]
    with Server(OURS, environ, folder=folder, processes=PROCESSES) as four:
        four.start()
        asked: list[Request] = list(islice((one for many in repeat(readings) for one in many), _LOAD))
        with ThreadPoolExecutor(PROCESSES) as clients:
            list(clients.map(four.ask, asked))
        return {"processes": PROCESSES, "processes_under_load_mib": round(four.memory_kib() / _KIB, 1)}
