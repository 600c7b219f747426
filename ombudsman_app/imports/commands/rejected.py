"""What was not taken leaves as a sheet again, with the reasons in a column of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from ombudsman_app.core import limits
from ombudsman_app.core.changing import demand
from ombudsman_app.core.db import command, db
from ombudsman_app.core.jobs.outbox import enqueue
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.imports.keeping import Lines, lines_of
from ombudsman_app.imports.models import ImportRow, ImportRun
from ombudsman_app.imports.policies import CHANGE
from ombudsman_app.imports.states import Decision, Verdict

from .bringing import SUBJECT

REJECTED = "imports.rejected"


@dataclass(frozen=True)
class RejectedRows:
    """Heads of the sheet, and rows with their number, cells and reasons as codes."""

    heads: list[str]
    rows: list[tuple[int, list[Any], str | None]]


@command
def order_rejected(run: ImportRun, *, form: str, reason: str, language: str, actor: Actor) -> UUID:
    """Have the rows that were not taken written as `xlsx` or `csv` for whoever asks, and says why (OU6).

    No second person is asked (AZ10): these rows came with a file that this office was given, and none of them
    is in the register.
    """
    demand(CHANGE, actor, run)
    changes = {"rejected": run.counts.get(str(Verdict.REJECTED), 0), "form": form, "reason": reason}
    record(Event.IMPORTS_REJECTED_FETCHED, SUBJECT, run.id, actor=actor, changes=changes)
    arguments: dict[str, str | int] = {"run": run.id, "form": form, "language": language}
    return enqueue(REJECTED, actor=actor, arguments=arguments, once=f"{run.id}:{form}:{actor.user_id}")


def note_rejected(run: ImportRun, *, actor: Actor) -> RejectedRows:
    """Return the rows that were not taken, in their order. Raises NotAllowed (AZ9). 1 statement."""
    demand(CHANGE, actor, run)
    wanted = db.session.execute(
        select(ImportRow.number, ImportRow.reasons)
        .where(
            ImportRow.run_id == run.id,
            or_(ImportRow.verdict == Verdict.REJECTED, ImportRow.decision == Decision.LEAVE_OUT),
        )
        .order_by(ImportRow.number)
        .limit(limits.EXPORT_ROWS)
    ).all()
    reasons = {row.number: row.reasons for row in wanted}
    found = list(_cells(lines_of(run, run.sheet or 0), reasons))
    return RejectedRows(list(run.heads or []), found)


def _cells(
    lines: Iterator[Lines], reasons: dict[int, str | None]
) -> Iterator[tuple[int, list[Any], str | None]]:
    for line in lines:
        for number, cells in enumerate(line.rows, line.first):
            if number in reasons:
                yield number, cells, reasons[number]
