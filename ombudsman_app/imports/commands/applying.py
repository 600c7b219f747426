"""The list goes into the register, a short transaction a batch; a killed job goes on behind the last."""

import hashlib
import json
from typing import Any, cast

from sqlalchemy import Table, func, or_, select

from ombudsman_app.core.bulk import among, insert_rows, update_rows
from ombudsman_app.core.changing import compare_version, demand
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.faults import crash_point
from ombudsman_app.core.jobs.errors import JobCancelled
from ombudsman_app.core.jobs.outbox import enqueue
from ombudsman_app.core.jobs.words import N_
from ombudsman_app.core.jobs.work import Work
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.sealing import RecordKey
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.imports.context import context_of
from ombudsman_app.imports.errors import ListChanged, ListNotReady
from ombudsman_app.imports.keeping import key_of, open_block, pieces
from ombudsman_app.imports.kinds import BATCH, ImportKind, Outcome, ToApply, kind_of
from ombudsman_app.imports.models import ImportBlock, ImportChange, ImportRow, ImportRun
from ombudsman_app.imports.policies import CHANGE
from ombudsman_app.imports.states import RUN, Decision, RunState, Verdict

from .bringing import SUBJECT
from .reading import CHANGED, held_run, refuse_list

APPLY = "imports.apply"
_ROWS, _CHANGES = cast(Table, ImportRow.__table__), cast(Table, ImportChange.__table__)
_DONE = or_(
    ImportRow.verdict.in_((Verdict.NEW, Verdict.CHANGE)),
    ImportRow.decision.in_((Decision.SAME, Decision.NEW)),
)


def _word(value: object) -> str:
    """Write what JSON has no word for; the kind reads it back by the column."""
    return value.hex() if isinstance(value, bytes) else str(value)


_encode = json.JSONEncoder(separators=(",", ":"), default=_word).encode


def refuse_changed(run: ImportRun, *, actor: Actor) -> None:
    """Compare the stored file with what was looked at. Raises ListChanged; the import is refused then."""
    digest = hashlib.sha256()
    try:
        for piece in pieces(run.file.hex, key_of(run)):
            digest.update(piece)
        if digest.hexdigest() != run.sha256:
            raise ListChanged
    except ListChanged:
        db.release()
        refuse_list(run, CHANGED, None, actor=actor)
        raise


@command
def begin_apply(run: ImportRun, *, version: int | None, actor: Actor) -> None:
    """Ask for the list to be applied. Raises MoveNotAllowed, RecordChanged, ListNotReady (stale, nothing).

    Of two people at once the second is told. A list that was checked before another one of the office came
    in must be checked again.
    """
    held = held_run(run.id)
    demand(CHANGE, actor, held)
    after = RUN.after(held.state, "apply")
    compare_version(held, version)
    if _came_between(held):
        raise ListNotReady(why="stale")
    if not db.session.scalar(select(ImportRow.number).where(ImportRow.run_id == held.id, _DONE).limit(1)):
        raise ListNotReady(why="nothing")
    held.state, held.applied_by_id, held.changed_at = after, actor.user_id, now()
    held.job_uuid = enqueue(APPLY, actor=actor, arguments={"run": held.id}, once=str(held.id))
    record(Event.IMPORTS_APPLY_ASKED, SUBJECT, held.id, actor=actor, changes={"counts": held.counts})


def _came_between(held: ImportRun) -> bool:
    other = select(ImportRun.id).where(
        ImportRun.representative_office_id == held.representative_office_id,
        ImportRun.kind == held.kind,
        ImportRun.id != held.id,
        or_(
            ImportRun.state.in_((RunState.APPLYING, RunState.UNDOING)),
            ImportRun.applied_at > held.checked_at,
            ImportRun.undone_at > held.checked_at,
        ),
    )
    return db.session.scalar(other.limit(1)) is not None


@command
def resume(run: ImportRun, *, actor: Actor) -> None:
    """Go on with a list whose job ended early. Raises MoveNotAllowed unless it stopped half way."""
    held = held_run(run.id)
    demand(CHANGE, actor, held)
    if held.state is not RunState.APPLYING:
        RUN.after(held.state, "applied")
    held.job_uuid = enqueue(APPLY, actor=actor, arguments={"run": held.id}, once=str(held.id))


def apply_list(run: ImportRun, work: Work) -> None:
    """Apply what is not applied yet, batch by batch, with the rights of each moment (AZ9)."""
    kind, key = kind_of(run.kind), key_of(run)
    total = max(1, sum(run.counts.get(str(one), 0) for one in (Verdict.NEW, Verdict.CHANGE)))
    done = run.changes
    while True:
        work.progress(N_("Writing into the register"), min(done, total), total)
        count = apply_batch(run.id, kind, key, work)
        if not count:
            break
        done += count
        crash_point("imports.apply.batch")
    end_apply(run.id, work)


@command
def apply_batch(run_id: int, kind: ImportKind, key: RecordKey, work: Work) -> int:
    """Apply the next rows; return how many, 0: there are none. Raises JobCancelled when it is taken back."""
    work.hold()
    held = held_run(run_id)
    demand(CHANGE, work.actor, held)
    if held.state is not RunState.APPLYING:
        raise JobCancelled
    rows = db.session.execute(
        select(ImportRow.number, ImportRow.record_id, ImportRow.same_row, ImportRow.decision)
        .where(ImportRow.run_id == run_id, ImportRow.number > held.applied_to, _DONE)
        .order_by(ImportRow.number)
        .limit(BATCH)
    ).all()
    if not rows:
        return 0
    values = _values(run_id, rows[0].number, rows[-1].number, key)
    given = [
        ToApply(row.number, values[row.number], row.record_id, row.same_row, row.decision is not None)
        for row in rows
    ]
    made = kind.apply(context_of(held, work.actor), given, _records_of_rows(run_id, given))
    _keep(held, made, {row.number for row in rows if row.record_id is None})
    held.applied_to, held.changes = rows[-1].number, held.changes + len(made.changes)
    crash_point("imports.apply.written")
    return len(rows)


def _values(run_id: int, first: int, last: int, key: RecordKey) -> dict[int, Any]:
    blocks = db.session.execute(
        select(ImportBlock.first, ImportBlock.sealed).where(
            ImportBlock.run_id == run_id, ImportBlock.last >= first, ImportBlock.first <= last
        )
    )
    found: dict[int, Any] = {}
    for block in blocks:
        found.update(open_block(block.sealed, key, block.first))
    return found


def _records_of_rows(run_id: int, given: list[ToApply]) -> dict[int, int]:
    """Return the records that earlier rows of this list have made, by their number. ≤ 2 statements.

    A row that a person left out has the record that another day of the same employer made in its place.
    """
    asked = {row.same_row for row in given if row.same_row}
    if not asked:
        return {}
    rows = db.session.execute(
        select(ImportRow.number, ImportRow.record_id).where(
            ImportRow.run_id == run_id, among(ImportRow.number, asked), ImportRow.record_id.is_not(None)
        )
    )
    found = {row.number: int(row.record_id or 0) for row in rows}
    left_out = asked - found.keys() - {row.number for row in given}
    if left_out:
        days = db.session.execute(
            select(ImportRow.same_row, func.min(ImportRow.record_id))
            .where(
                ImportRow.run_id == run_id,
                among(ImportRow.same_row, left_out),
                ImportRow.record_id.is_not(None),
            )
            .group_by(ImportRow.same_row)
        )
        found.update((int(first or 0), int(record_id or 0)) for first, record_id in days)
    return found


def _keep(held: ImportRun, made: Outcome, fresh: set[int]) -> None:
    """Store which record each row became (`fresh`: rows that had none), and what was changed."""
    owned = [(held.id, number, record_id) for number, record_id in made.records.items() if number in fresh]
    update_rows(_ROWS, ("run_id", "number"), ("record_id",), owned)
    changes = [
        (
            held.id,
            held.changes + place,
            change.record_id,
            None if change.before is None else _encode(change.before),
            change.version,
        )
        for place, change in enumerate(made.changes, 1)
    ]
    insert_rows(_CHANGES, ("run_id", "number", "record_id", "before", "version"), changes)


@command
def end_apply(run_id: int, work: Work) -> None:
    """The list is in the register."""
    work.hold()
    held = held_run(run_id)
    held.state = RUN.after(held.state, "applied")
    held.applied_at = held.changed_at = now()
    record(Event.IMPORTS_APPLIED, SUBJECT, held.id, actor=work.actor, changes={"changes": held.changes})
    kind = kind_of(held.kind)
    if kind.applied is not None:
        kind.applied(held, work.actor)
    work.finish(run=run_id)
