"""`python -m ombudsman_app.cli.bench.import_steps KNOWN LIST`: brings both lists and measures the second.

Names are compared in a job of its own, and measured in a process of its own beside the import.
"""

import json
import os
import resource
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select

from ombudsman_app.accounts.models import RoleGrant, User
from ombudsman_app.accounts.queries import actor_for
from ombudsman_app.core.clock import monotonic, now
from ombudsman_app.core.config import settings_from
from ombudsman_app.core.db import command, db
from ombudsman_app.core.jobs.claiming import claim
from ombudsman_app.core.jobs.models import Job, JobState
from ombudsman_app.core.jobs.work import perform
from ombudsman_app.core.policy import Actor, Role
from ombudsman_app.directory.models import RepresentativeOffice
from ombudsman_app.imports import commands
from ombudsman_app.imports.kinds import kind_of
from ombudsman_app.imports.models import ImportRun
from ombudsman_app.imports.queries import preview_of, visible_run
from ombudsman_app.imports.states import RunState

from .import_run import start_parser
from .quiet import quiet_app
from .serving import WrongAnswer

_KIB = 1024


def main() -> None:
    """Measure once, then say it as JSON."""
    known, whole = (Path(word) for word in sys.argv[1:])
    settings = settings_from()
    with quiet_app(settings) as app:
        parser = start_parser(settings.run_dir)
        try:
            with app.app_context():
                user = _somebody()
                db.session.remove()
            _bring(app, user, known, {})
            base = _peak_mib(resource.getrusage(resource.RUSAGE_SELF))
            steps: dict[str, float] = {}
            counts = _bring(app, user, whole, steps)
        finally:
            parser.terminate()
            _pid, _status, usage = os.wait4(parser.pid, 0)
            parser.returncode = 0
    ours, child = _peak_mib(resource.getrusage(resource.RUSAGE_SELF)), _peak_mib(usage)
    match = {"match_seconds": steps.pop("match"), "match_mib": steps.pop("match_mib")}
    said = {
        "steps": steps,
        "seconds": sum(steps.values()),
        "job_mib": ours,
        "child_mib": child,
        "base_mib": base,
        "peak_mib": max(ours, child),  # the child is gone before the rows are read
        "counts": counts,
        **match,
    }
    sys.stdout.write(json.dumps(said))


def _peak_mib(usage: resource.struct_rusage) -> float:
    return usage.ru_maxrss / _KIB


@command
def _somebody() -> int:
    office = db.session.scalars(
        select(RepresentativeOffice.id).where(RepresentativeOffice.code == "MAM")
    ).one()
    user = User(email="bench@example.id", name="Bench", created_at=now())
    db.session.add(user)
    db.session.flush()
    since = (now() - timedelta(days=2)).date()
    db.session.add(
        RoleGrant(user_id=user.id, role=Role.ANALYST, office_id=office, valid_from=since, given_at=now())
    )
    return user.id


def _bring(app: Flask, user: int, path: Path, steps: dict[str, float]) -> dict[str, int]:
    """Bring, read, map, check and apply one list as a runner would; the time of each step into `steps`."""
    timed = _Steps(app, steps)
    run_id = timed("bring", lambda actor: _brought(actor, path), user)
    timed.job("read", "imports.read")
    timed("map", lambda actor: _mapped(actor, run_id), user)
    timed.job("check", "imports.check")
    timed.apart("match", "imports.match")
    timed("begin", lambda actor: _begun(actor, run_id), user)
    timed.job("apply", "imports.apply")
    with app.app_context():
        run = db.session.get_one(ImportRun, run_id)
        if run.state is not RunState.APPLIED:
            raise WrongAnswer(f"the list stands at {run.state}: {run.refused_for}")
        return dict(run.counts)


class _Steps:
    def __init__(self, app: Flask, steps: dict[str, float]) -> None:
        self._app, self._steps = app, steps

    def __call__(self, name: str, act: Callable[[Actor], Any], user: int) -> Any:
        began = monotonic()
        with self._app.app_context():
            actor = actor_for(user)
            if actor is None:
                raise WrongAnswer("nobody is there to bring a list")
            db.session.rollback()
            found = act(actor)
        self._steps[name] = monotonic() - began
        return found

    def job(self, name: str, kind: str) -> None:
        began = monotonic()
        with self._app.app_context():
            waiting = select(Job.uuid).where(Job.kind == kind, Job.state == JobState.WAITING)
            uuid = db.session.scalars(waiting).one()
            db.session.rollback()
            claimed = claim(uuid)
            db.session.remove()
        if claimed is None:
            raise WrongAnswer(f"{kind} cannot be claimed")
        perform(self._app, claimed)
        self._steps[name] = monotonic() - began

    def apart(self, name: str, kind: str) -> None:
        """Do a job in a process of its own, so that what it holds is not counted as the import's."""
        began = monotonic()
        pid = os.fork()
        if not pid:
            try:
                self._app.extensions["engine"].dispose(close=False)
                self.job(name, kind)
            except BaseException:
                os._exit(1)
            os._exit(0)
        _pid, status, usage = os.wait4(pid, 0)
        if status:
            raise WrongAnswer(f"{kind} failed")
        self._steps[name], self._steps[f"{name}_mib"] = monotonic() - began, _peak_mib(usage)


def _brought(actor: Actor, path: Path) -> int:
    content = path.read_bytes()
    given = commands.ListInput(
        path.name, content, "Bench", "licensing", date(2026, 10, 31), actor.grants[0].office_id
    )
    return commands.bring_list(kind_of("employers"), given, actor=actor).id


def _mapped(actor: Actor, run_id: int) -> None:
    run = visible_run(actor, run_id)
    preview = preview_of(kind_of("employers"), run, sheet=None, header_row=None) if run else None
    if run is None or preview is None:
        raise WrongAnswer("the list was not read")
    db.session.rollback()
    given = commands.MappingInput(preview.sheet["number"], preview.header_row, preview.columns)
    commands.map_columns(run, given, version=None, actor=actor)


def _begun(actor: Actor, run_id: int) -> None:
    run = db.session.get_one(ImportRun, run_id)
    db.session.rollback()
    commands.refuse_changed(run, actor=actor)
    db.session.rollback()
    commands.begin_apply(run, version=None, actor=actor)


if __name__ == "__main__":
    main()
