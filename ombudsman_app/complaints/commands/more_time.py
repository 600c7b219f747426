"""An office asks for more time to explain; the examiner or the head grants it, in part too, or refuses it.

The rule about lateness and its reason: `core/workflow/more_time.py`; limits: `rules/pauses.yaml`.
"""

from dataclasses import dataclass

from sqlalchemy import func, select

from ombudsman_app.complaints import notices
from ombudsman_app.complaints.errors import IdentityInLetter
from ombudsman_app.complaints.models import ClarificationTimeRequest, Complaint, ComplaintClock
from ombudsman_app.complaints.policies import DECIDE_TIME
from ombudsman_app.complaints.queries.counting import count_clock, pauses_of
from ombudsman_app.complaints.states import PAUSES, REQUESTS, clock
from ombudsman_app.core.changing import demand
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import FormSentDifferently, MoreTimeRefused
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.core.workflow.models import calendar_of
from ombudsman_app.core.workflow.more_time import refuse_too_much, with_more_time
from ombudsman_app.core.workflow.moves import DayMoved
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.states import DocumentState

from .asked import locked_request
from .clocks import keep_next_due
from .hidden_identity import compared
from .moving import locked_case, note_step
from .pausing import note_move


@dataclass(frozen=True)
class MoreTimeInput:
    """How many days more an office asks for, of the clock's own unit, and why."""

    days: int
    reason: str
    form_key: str = ""


@command
def ask_for_time(request_id: int, given: MoreTimeInput, *, actor: Actor) -> ClarificationTimeRequest:
    """Ask for more time before the time of a letter ends; the clock runs on. The same form asks once.

    Raises MoreTimeRefused(why): answered, not_running, over, waits, too_often, too_long.
    """
    document, held = locked_request(request_id, actor)
    if said := _said_before(held, given):
        return said
    running = _running(document, held)
    if running.due_on < today(held.representative_office.time_zone):
        raise MoreTimeRefused(why="over")
    _refuse_too_much(running, given.days)
    asked = ClarificationTimeRequest(
        complaint_id=held.id,
        clock_id=running.id,
        request_id=document.id,
        days=given.days,
        reason=given.reason,
        form_key=given.form_key or None,
        asked_by_id=actor.user_id,
        asked_at=now(),
    )
    db.session.add(asked)
    running.awaits_time = True
    note_step(held, "ask_for_time", actor=actor, reason=given.reason)
    db.session.flush()
    _note(Event.COMPLAINTS_TIME_ASKED, asked, running, actor)
    notices.time_asked(held, asked.id, actor=actor)
    return asked


@command
def decide_time(
    case: Complaint, asked: ClarificationTimeRequest, days: int, reason: str, *, version: int, actor: Actor
) -> None:
    """Grant days, all or fewer than were asked for; 0 refuses it. The office is told.

    Raises MoreTimeRefused(why): answered, decided, too_long; RecordChanged for the second of two who
    decide, NotAllowed to all but the examiner and the head, and to whoever belongs to the office,
    IdentityInLetter: the office reads the reason.
    """
    held = locked_case(case, version)
    demand(DECIDE_TIME, actor, held)
    request = db.session.get_one(ClarificationTimeRequest, asked.id, populate_existing=True)
    running = db.session.get_one(ComplaintClock, request.clock_id, populate_existing=True)
    if request.decided_at is not None:
        raise MoreTimeRefused(why="decided")
    if running.ended_on is not None or not held.is_open:
        raise MoreTimeRefused(why="answered")
    if not 0 <= days <= request.days:
        raise MoreTimeRefused(why="too_long", most=request.days)
    if reason and (named := compared(held, {"decision": reason}, actor=actor)):
        raise IdentityInLetter(parts=named)
    request.granted, request.decision = days, reason
    request.decided_by_id, request.decided_at = actor.user_id, now()
    running.awaits_time = False
    if days:
        _extend(held, running, days, actor)
    note_step(held, "grant_time" if days else "refuse_time", actor=actor, reason=reason)
    db.session.flush()
    keep_next_due([held.id])
    _note(Event.COMPLAINTS_TIME_DECIDED, request, running, actor)
    notices.time_decided(held, request, actor=actor)


def _extend(held: Complaint, running: ComplaintClock, days: int, actor: Actor) -> None:
    calendar = calendar_of(held.office.province_code)
    counted, due = with_more_time(
        count_clock(running, calendar, pauses_of(running)), running.due_on, days, calendar
    )
    if running.due_on < today(held.representative_office.time_zone):  # it heals nothing
        running.late_from = running.late_from or running.due_on
    version = counted.calendar_version
    note_move(running.id, DayMoved.GRANTED, running.due_on, due, version, by=actor.user_id)
    running.granted += days
    running.start_on, running.due_on, running.calendar_version = counted.start, due, version
    running.proposed_due_on = counted.due if counted.due < due else None
    running.changed_at, running.moves = now(), running.moves + 1


def _running(document: Document, held: Complaint) -> ComplaintClock:
    """Return the time to answer a letter that stands and was not answered yet."""
    if held.is_answered or not held.is_open or document.state is not DocumentState.ISSUED:
        raise MoreTimeRefused(why="answered")
    found = db.session.scalar(
        select(ComplaintClock)
        .where(
            ComplaintClock.complaint_id == held.id,
            ComplaintClock.clock == clock(REQUESTS[document.kind].clock).id,
            ComplaintClock.ended_on.is_(None),
        )
        .order_by(ComplaintClock.id.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise MoreTimeRefused(why="not_running")
    return found


def _refuse_too_much(running: ComplaintClock, days: int) -> None:
    row = ClarificationTimeRequest
    of_clock = select(func.count(), func.count().filter(row.decided_at.is_(None)))
    number, waiting = db.session.execute(of_clock.where(row.clock_id == running.id)).one()
    refuse_too_much(PAUSES.more_time, days, asked=number, waiting=waiting)


def _said_before(held: Complaint, given: MoreTimeInput) -> ClarificationTimeRequest | None:
    if not given.form_key:
        return None
    row = ClarificationTimeRequest
    said = db.session.scalar(select(row).where(row.complaint_id == held.id, row.form_key == given.form_key))
    if said is not None and (said.days, said.reason) != (given.days, given.reason):
        raise FormSentDifferently
    return said


def _note(event: Event, asked: ClarificationTimeRequest, running: ComplaintClock, actor: Actor) -> None:
    changes = {
        "request": asked.id,
        "document": asked.request_id,
        "clock": running.clock,
        "clock_id": running.id,
        "days": asked.days,
        "granted": asked.granted,
        "due_on": running.due_on.isoformat(),
    }
    record(event, "complaint", asked.complaint_id, actor=actor, changes=changes)
