"""Clocks for which a newer calendar gives an earlier day, waiting for the head of their office."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from ombudsman_app.complaints.models import Complaint, ComplaintClock
from ombudsman_app.complaints.scope import scope
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.directory.models import RepresentativeOffice

_AT_ONCE = 500


@dataclass(frozen=True)
class ProposedDay:
    """One line of the list."""

    clock_id: int
    office: str  # code of the representative office, such as MAM
    ticket: str
    clock: str
    due_on: date
    proposed_due_on: date | None


def proposed_days(after: int = 0) -> list[ProposedDay]:
    """Return the proposals behind a clock id, 500 at most, for the command line, where no actor asks.

    1 statement.
    """
    rows = db.session.execute(
        select(
            ComplaintClock.id,
            RepresentativeOffice.code,
            Complaint.ticket,
            ComplaintClock.clock,
            ComplaintClock.due_on,
            ComplaintClock.proposed_due_on,
        )
        .join(Complaint, Complaint.id == ComplaintClock.complaint_id)
        .join(RepresentativeOffice, RepresentativeOffice.id == Complaint.representative_office_id)
        .where(
            ComplaintClock.proposed_due_on.is_not(None),
            ComplaintClock.ended_on.is_(None),
            Complaint.is_open.is_(True),
            ComplaintClock.id > after,
        )
        .order_by(ComplaintClock.id)
        .limit(_AT_ONCE)
    )
    return [ProposedDay(*row) for row in rows]


def visible_clock(actor: Actor, clock_id: int) -> ComplaintClock | None:
    """Return a clock of a case that this person may see. 1 statement."""
    visible = scope(actor).complaints().with_only_columns(Complaint.id)
    return db.session.scalar(
        select(ComplaintClock).where(ComplaintClock.id == clock_id, ComplaintClock.complaint_id.in_(visible))
    )
