"""A list is taken back: made records go, changed ones are what they were, the last act first."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import case, delete, func, select, update

from ombudsman_app.core.changing import compare_version, demand
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import MoveNotAllowed
from ombudsman_app.core.faults import crash_point
from ombudsman_app.core.jobs.outbox import enqueue
from ombudsman_app.core.jobs.words import N_
from ombudsman_app.core.jobs.work import Work
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.imports.errors import ListEdited
from ombudsman_app.imports.kinds import BATCH, Change, ImportKind, Touched, kind_of
from ombudsman_app.imports.models import ImportChange, ImportRow, ImportRun
from ombudsman_app.imports.policies import CHANGE
from ombudsman_app.imports.states import RUN, RunState

from .bringing import SUBJECT
from .reading import held_run

UNDO = "imports.undo"


@command
def cancel(run: ImportRun, *, version: int | None, actor: Actor) -> None:
    """Give an import up: before it was applied nothing of it stays; while it is applied, it is taken back."""
    held = held_run(run.id)
    demand(CHANGE, actor, held)
    if held.state is RunState.APPLYING:
        _begin_undo(held, actor)
        return
    compare_version(held, version)
    held.state = RUN.after(held.state, "cancel")
    held.changed_at = now()
    record(Event.IMPORTS_CANCELLED, SUBJECT, held.id, actor=actor)


@command
def begin_undo(run: ImportRun, *, version: int | None, actor: Actor) -> None:
    """Ask for the list to be taken back. Raises MoveNotAllowed, RecordChanged; NotAllowed."""
    held = held_run(run.id)
    demand(CHANGE, actor, held)
    if held.state is not RunState.APPLIED:
        raise MoveNotAllowed(state=str(held.state), event="undo")
    compare_version(held, version)
    _begin_undo(held, actor)


def _begin_undo(held: ImportRun, actor: Actor) -> None:
    held.state = RUN.after(held.state, "undo")
    held.undone_by_id, held.changed_at = actor.user_id, now()
    held.counts = {name: number for name, number in held.counts.items() if name != "edited"}
    held.job_uuid = enqueue(UNDO, actor=actor, arguments={"run": held.id}, once=str(held.id))
    record(Event.IMPORTS_UNDO_ASKED, SUBJECT, held.id, actor=actor)


@command
def resume_undo(run: ImportRun, *, actor: Actor) -> None:
    """Go on taking back a list whose job ended early."""
    held = held_run(run.id)
    demand(CHANGE, actor, held)
    if held.state is not RunState.UNDOING:
        RUN.after(held.state, "undone")
    held.job_uuid = enqueue(UNDO, actor=actor, arguments={"run": held.id}, once=str(held.id))


def undo_list(run: ImportRun, work: Work) -> None:
    """Look first whether all can be put back, then put it back, batch by batch."""
    kind, total = kind_of(run.kind), max(1, run.changes)
    if edited := _edited(run.id, kind, work):
        stay(run.id, edited, work)
        return
    left = run.changes
    while left:
        work.progress(N_("Taking the list back"), total - left, total)
        try:
            left = undo_batch(run.id, kind, work)
        except ListEdited as late:  # somebody was faster than the batches
            stay(run.id, int(late.details["edited"]), work)
            return
        crash_point("imports.undo.batch")
    end_undo(run.id, work)


def _edited(run_id: int, kind: ImportKind, work: Work) -> int:
    """Count the records that were changed since, or are named by others. 1 statement, and 2 a batch."""
    rows = db.session.execute(
        select(
            ImportChange.record_id,
            func.max(ImportChange.version),
            func.max(case((ImportChange.before.is_(None), 1), else_=0)),
        )
        .where(ImportChange.run_id == run_id)
        .group_by(ImportChange.record_id)
        .order_by(ImportChange.record_id)
    ).all()
    last = [Touched(row[0], row[1], bool(row[2])) for row in rows]
    found = 0
    for start in range(0, len(last), BATCH):
        work.progress(N_("Looking for later changes"), start, len(last))
        found += len(kind.edited(run_id, last[start : start + BATCH]))
        db.release()
    return found


@command
def undo_batch(run_id: int, kind: ImportKind, work: Work) -> int:
    """Put the last acts back; return how many are left. Raises ListEdited."""
    work.hold()
    held = held_run(run_id)
    demand(CHANGE, work.actor, held)
    last = db.session.execute(
        select(ImportChange.number, ImportChange.record_id, ImportChange.before, ImportChange.version)
        .where(ImportChange.run_id == run_id)
        .order_by(ImportChange.number.desc())
        .limit(BATCH)
    ).all()
    if not last:
        held.changes = 0
        return 0
    if late := kind.edited(run_id, _touched(last)):
        raise ListEdited(edited=len(late))
    kind.undo(
        run_id,
        [
            Change(row.record_id, None if row.before is None else json.loads(row.before), row.version)
            for row in last
        ],
    )
    gone = delete(ImportChange).where(ImportChange.run_id == run_id, ImportChange.number >= last[-1].number)
    db.session.execute(gone.execution_options(synchronize_session=False))
    held.changes = last[-1].number - 1
    return held.changes


def _touched(rows: Sequence[Any]) -> list[Touched]:
    """Return each record once; the newest change comes first."""
    found: dict[int, Touched] = {}
    for row in rows:
        newest = found.get(row.record_id, Touched(row.record_id, row.version, False))
        found[row.record_id] = newest._replace(is_made=newest.is_made or row.before is None)
    return list(found.values())


@command
def stay(run_id: int, edited: int, work: Work) -> None:
    """What was changed later cannot be put back: the list stays, and the page says why."""
    work.hold()
    held = held_run(run_id)
    held.state = RUN.after(held.state, "stay")
    held.counts = {**held.counts, "edited": edited}
    held.applied_at, held.changed_at = held.applied_at or now(), now()
    record(Event.IMPORTS_UNDO_REFUSED, SUBJECT, held.id, actor=work.actor, changes={"edited": edited})
    work.finish(run=run_id)


@command
def end_undo(run_id: int, work: Work) -> None:
    """Nothing of the list is in the register any more."""
    work.hold()
    held = held_run(run_id)
    held.state = RUN.after(held.state, "undone")
    held.undone_at = held.changed_at = now()
    held.applied_to = 0
    freed = update(ImportRow).where(ImportRow.run_id == run_id).values(record_id=None)
    db.session.execute(freed.execution_options(synchronize_session=False))
    record(Event.IMPORTS_UNDONE, SUBJECT, held.id, actor=work.actor)
    work.finish(run=run_id)
