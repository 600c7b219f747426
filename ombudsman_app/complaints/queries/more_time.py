"""Requests of an office for more time to explain, for both sides."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ombudsman_app.complaints.models import ClarificationTimeRequest, Complaint, ComplaintClock
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor

from .case import visible_clock_of_case

_ROW = ClarificationTimeRequest


@dataclass(frozen=True)
class TimeOfCase:
    """A request for more time about a clock of a visible case; policies look at the case."""

    complaint: Complaint
    clock: ComplaintClock
    request: ClarificationTimeRequest

    @property
    def representative_office_id(self) -> int:
        return self.complaint.representative_office_id

    @property
    def office_id(self) -> int:
        return self.complaint.office_id


def visible_time_request(
    actor: Actor, complaint_id: int, clock_id: int, request_id: int
) -> TimeOfCase | None:
    """Return a request for more time. 3 statements."""
    found = visible_clock_of_case(actor, complaint_id, clock_id)
    if found is None:
        return None
    request = db.session.scalar(select(_ROW).where(_ROW.id == request_id, _ROW.clock_id == clock_id))
    return TimeOfCase(found.complaint, found.clock, request) if request else None


def time_requests_of(clock_id: int | None) -> Sequence[ClarificationTimeRequest]:
    """Return what was asked for a clock, oldest first, with the people. 1 statement, none without clock."""
    if clock_id is None:
        return []
    people = (joinedload(_ROW.asked_by), joinedload(_ROW.decided_by))
    found = select(_ROW).where(_ROW.clock_id == clock_id).order_by(_ROW.id).options(*people)
    return db.session.scalars(found).all()


def has_asked_for_time(clock_id: int, form_key: str) -> bool:
    """Whether this form has asked before. 1 statement."""
    asked = select(_ROW.id).where(_ROW.clock_id == clock_id, _ROW.form_key == form_key)
    return bool(form_key) and db.session.scalar(asked) is not None
