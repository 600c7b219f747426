"""Pauses and more time that wait for a person, as the queue and the desk count them."""

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, union_all
from sqlalchemy.orm import aliased

from ombudsman_app.accounts.scope import closed_by_conflict
from ombudsman_app.complaints.models import ClarificationTimeRequest, ClockPause, Complaint, ComplaintClock
from ombudsman_app.core.db import no_index
from ombudsman_app.core.policy import PORTAL_ROLES, Actor, Role

_CASE = aliased(Complaint)


def awaits_time(actor: Actor) -> Select[int]:
    """Select the open cases in which this person decides about a pause or more time, as `policies.py` says.

    What waits is few and has partial indexes; each case is looked up from there, however many the office has.
    """
    seen = (_CASE.is_open.is_(True), _CASE.id.not_in(closed_by_conflict(actor, "complaint")))
    is_led = _is_at(actor, Role.HEAD_OF_REPRESENTATIVE)
    is_examined = and_(no_index(_CASE.officer_id) == actor.user_id, _is_at(actor, Role.EXAMINER))
    pauses = (
        select(ClockPause.complaint_id)
        .join(_CASE, _CASE.id == ClockPause.complaint_id)
        .where(ClockPause.decided_at.is_(None), ClockPause.asked_by_id != actor.user_id, is_led, *seen)
    )
    times = (
        select(ClarificationTimeRequest.complaint_id)
        .join(ComplaintClock, ComplaintClock.id == ClarificationTimeRequest.clock_id)
        .join(_CASE, _CASE.id == ClarificationTimeRequest.complaint_id)
        .where(
            ClarificationTimeRequest.decided_at.is_(None),
            ComplaintClock.ended_on.is_(None),
            or_(is_led, is_examined),
            no_index(_CASE.office_id).not_in(sorted(actor.offices_as(*PORTAL_ROLES))),
            *seen,
        )
    )
    return select(Complaint.id).where(Complaint.id.in_(union_all(pauses, times)))  # each once


def _is_at(actor: Actor, role: Role) -> ColumnElement[bool]:
    offices = sorted(actor.offices_as(role))
    return no_index(_CASE.representative_office_id).in_(offices) if offices else false()
