"""How a complaint ends: outcome and day on the case, no clock left, minutes and notice as papers.

A closing always needs outcome, reason, notice to the reporter and minutes (`domain/complaints.md` §9).
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import update

from ombudsman_app.complaints.models import NO_DUE_DAY, Complaint, ComplaintClock
from ombudsman_app.complaints.states import COMPLAINT, Outcome
from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record

from .moving import move, note_step


def close_by(
    held: Complaint, event: str, *, actor: Actor, reason: str, changes: Mapping[str, Any] | None = None
) -> None:
    """End a locked case by a move of the table. Raises MoveNotAllowed."""
    outcome = COMPLAINT.transition(held.state, event, regime=held.regime).outcome
    move(held, event, actor=actor, reason=reason, changes={"outcome": outcome, **(changes or {})})
    _end(held, Outcome(outcome or ""))


def close_aside(held: Complaint, event: str, *, actor: Actor, reason: str) -> None:
    """End a locked case by a side move, such as its withdrawal. Raises MoveNotAllowed."""
    before, row = held.state, COMPLAINT.side_moves[event]
    held.state = type(held.state)(COMPLAINT.after_side(before, event))
    note_step(held, event, before=before, actor=actor, reason=reason)
    record(
        Event.COMPLAINTS_MOVED,
        "complaint",
        held.id,
        actor=actor,
        reason=reason,
        changes={"move": event, "state": [before.value, held.state.value], "outcome": row.outcome},
    )
    _end(held, Outcome(row.outcome or ""))


def _end(held: Complaint, outcome: Outcome) -> None:
    day = today(held.representative_office.time_zone)
    held.outcome, held.closed_on, held.is_open = outcome, day, False
    held.next_due_on, held.next_due_paused_until, held.withdrawal_asked_at = NO_DUE_DAY, None, None
    db.session.execute(
        update(ComplaintClock)
        .where(ComplaintClock.complaint_id == held.id, ComplaintClock.ended_on.is_(None))
        .values(ended_on=day, proposed_due_on=None)
        .execution_options(synchronize_session=False)
    )
