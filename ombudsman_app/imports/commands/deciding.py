"""A person says what a doubtful row is, or what all that wait for the same reason are."""

from sqlalchemy import func, select, update

from ombudsman_app.core.changing import demand
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import MoveNotAllowed, NotVisible
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.imports.models import ImportRow, ImportRun
from ombudsman_app.imports.policies import CHANGE
from ombudsman_app.imports.states import Decision, RunState, Verdict
from ombudsman_app.imports.waiting import may_be_same_at_once, waits_alike

from .bringing import SUBJECT
from .reading import held_run

MOST = 5_000  # rows by one press: what one transaction writes while others wait


@command
def decide_row(
    run: ImportRun, number: int, decision: Decision, record_id: int | None, *, actor: Actor
) -> None:
    """Decide a doubtful row; it can be decided anew until the list is applied.

    Raises MoveNotAllowed, NotVisible for a row that is not doubtful or a record that was not offered.
    """
    held, row = _doubtful(run, number, actor)
    if decision is Decision.SAME and record_id not in (row.candidates or ()):
        raise NotVisible
    row.decision = decision
    row.record_id = record_id if decision is Decision.SAME else None
    changes = {"row": number, "decision": str(decision), "record": row.record_id or 0}
    record(Event.IMPORTS_DECIDED, SUBJECT, held.id, actor=actor, changes=changes)


@command
def decide_alike(run: ImportRun, number: int, decision: Decision, *, actor: Actor) -> int:
    """Decide all rows that wait for the same reasons as this one, MOST at once; return how many they were.

    Only rows with a single candidate become the same as it, and only for a reason of `ImportKind.same_for`:
    a name alone is looked at row by row. Raises MoveNotAllowed; NotVisible for a row that is not doubtful, or
    a decision that was not offered.
    """
    held, named = _doubtful(run, number, actor)
    is_same = decision is Decision.SAME
    if is_same and not may_be_same_at_once(held, named.reasons):
        raise NotVisible
    waiting = db.session.execute(
        select(ImportRow.number, ImportRow.candidates)
        .where(*waits_alike(held.id, named.reasons))
        .order_by(ImportRow.number)
    )
    decided = [
        {
            "run_id": held.id,
            "number": row.number,
            "decision": decision,
            "record_id": row.candidates[0] if is_same else None,
        }
        for row in waiting
        if not is_same or len(row.candidates or ()) == 1
    ][:MOST]
    if decided:
        db.session.execute(update(ImportRow), decided)
        changes = {"row": number, "decision": str(decision), "rows": len(decided)}
        record(Event.IMPORTS_DECIDED, SUBJECT, held.id, actor=actor, changes=changes)
    return len(decided)


def _doubtful(run: ImportRun, number: int, actor: Actor) -> tuple[ImportRun, ImportRow]:
    """Hold an import that waits for decisions and return the row. Raises MoveNotAllowed, NotVisible."""
    held = held_run(run.id)
    demand(CHANGE, actor, held)
    if held.state is not RunState.CHECKED:
        raise MoveNotAllowed(state=str(held.state), event="decide")
    row = db.session.get(ImportRow, (held.id, number), populate_existing=True)
    if row is None or row.verdict is not Verdict.DOUBTFUL:
        raise NotVisible
    return held, row


def undecided(run_id: int) -> int:
    """Count the doubtful rows that nobody has decided. 1 statement."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(ImportRow)
            .where(
                ImportRow.run_id == run_id,
                ImportRow.verdict == Verdict.DOUBTFUL,
                ImportRow.decision.is_(None),
            )
        )
        or 0
    )
