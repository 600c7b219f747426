"""What is done with lists while nobody waits: reading, checking, applying, taking back, writing rejects."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import current_app
from flask_babel import force_locale

from ombudsman_app.core.bulk import no_collecting
from ombudsman_app.core.clock import now
from ombudsman_app.core.config import Settings
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import NotVisible
from ombudsman_app.core.jobs.registry import job, periodic
from ombudsman_app.core.jobs.words import N_
from ombudsman_app.core.jobs.work import Work
from ombudsman_app.core.produced.keeping import keep
from ombudsman_app.web.export import CSV, XLSX, write_csv, write_sheet

from . import commands
from .formats import rejected_about, rejected_columns, rejected_rows
from .models import ImportRun
from .queries import visible_run
from .states import RunState

_SECONDS = 1_800


def _page(_uuid: UUID, arguments: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    return "staff.imports.run", {"run_id": arguments["run"]}


def _run_of(work: Work) -> ImportRun:
    """Return the import with the rights of this moment (AZ9). Raises NotVisible."""
    found = visible_run(work.actor, int(work.arguments["run"]))
    if found is None:
        raise NotVisible
    return found


@job(commands.READ, N_("Read a list"), time_limit_seconds=_SECONDS, page=_page)
def read(work: Work) -> None:
    """Have the file read by the child."""
    run = _run_of(work)
    work.progress(N_("Reading the file"))
    if run.state is RunState.UPLOADED and run.look is None:
        commands.read_list(run, work)


@job(commands.CHECK, N_("Check a list"), time_limit_seconds=_SECONDS, page=_page)
def check(work: Work) -> None:
    """The dry run."""
    run = _run_of(work)
    if run.state is RunState.MAPPED:
        with no_collecting():
            commands.check_list(run, work)


@job(commands.MATCH, N_("Compare the names of a list"), time_limit_seconds=_SECONDS, page=_page)
def match(work: Work) -> None:
    """Compare what seems new with the whole register."""
    run = _run_of(work)
    if run.state is RunState.MATCHING:
        with no_collecting():
            commands.match_list(run, work)


@job(commands.APPLY, N_("Write a list into the register"), time_limit_seconds=_SECONDS, page=_page)
def apply(work: Work) -> None:
    """Go on behind the last batch that is stored."""
    run = _run_of(work)
    if run.state is RunState.APPLYING:
        with no_collecting():
            commands.apply_list(run, work)


@job(commands.UNDO, N_("Take a list back"), time_limit_seconds=_SECONDS, page=_page)
def undo(work: Work) -> None:
    """Put everything back, unless something was changed later."""
    run = _run_of(work)
    if run.state is RunState.UNDOING:
        with no_collecting():
            commands.undo_list(run, work)


@job(
    commands.REJECTED,
    N_("Write the rows that were not taken"),
    time_limit_seconds=_SECONDS,
    page=lambda uuid, arguments: ("staff.imports.rejected", {"run_id": arguments["run"], "uuid": str(uuid)}),
)
def rejected(work: Work) -> None:
    """Write them as they came, with the reasons beside them."""
    run, asker = _run_of(work), work.actor
    is_sheet = work.arguments["form"] == "xlsx"
    found = commands.note_rejected(run, actor=asker)
    work.progress(N_("Writing rows"), 0, max(1, len(found.rows)))
    with force_locale(str(work.arguments["language"])):
        columns, rows = rejected_columns(found.heads), rejected_rows(run.kind, found)
        if is_sheet:
            settings: Settings = current_app.extensions["settings"]
            about = rejected_about(run, asker=asker.name, as_of=now(), zone=asker.time_zone)
            content = write_sheet(columns, rows, about, scratch=settings.run_dir / f"list-{work.job_id.hex}")
        else:
            content = write_csv([column.title for column in columns], rows)
    db.release()
    name = f"ditolak-{run.id}.{'xlsx' if is_sheet else 'csv'}"
    keep(work, content, name=name, media_type=XLSX if is_sheet else CSV)


@periodic("imports.sweep", N_("Forget lists that were brought long ago"), every=timedelta(days=1))
def sweep(work: Work) -> None:
    """Forget them, some at a time."""
    while commands.sweep_runs():
        work.progress(N_("Forgetting lists"))
