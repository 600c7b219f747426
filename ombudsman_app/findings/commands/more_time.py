"""An office asks for more time to answer; another person grants it, in part or whole, or refuses it.

The rule about lateness and its reason: `core/workflow/more_time.py`; limits: `rules/findings.yaml`.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from ombudsman_app.core.changing import demand, touch
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import FormSentDifferently, MoreTimeRefused
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.core.workflow.models import calendar_of
from ombudsman_app.core.workflow.more_time import refuse_too_much, with_more_time
from ombudsman_app.core.workflow.moves import DayMoved
from ombudsman_app.findings import notices
from ombudsman_app.findings.models import Finding, FindingClock, FindingClockMove, FindingTimeRequest
from ombudsman_app.findings.origins import refuse_author, refuse_names
from ombudsman_app.findings.policies import DECIDE_TIME, RESPOND
from ombudsman_app.findings.queries.counting import counted_again
from ombudsman_app.findings.states import RULES, WAITING

from .moving import locked_finding
from .receiving import keep_next_due


@dataclass(frozen=True)
class MoreTimeInput:
    """How many days more an office asks for, of the clock's own unit, and why."""

    days: int
    reason: str
    form_key: str = ""


@command
def ask_for_time(finding: Finding, given: MoreTimeInput, *, actor: Actor) -> FindingTimeRequest:
    """Ask for more time before the time ends; the clock runs on. The same form sent twice asks once.

    Raises MoreTimeRefused(why): answered, not_running, over, waits, too_often, too_long.
    """
    held = locked_finding(finding.id)
    demand(RESPOND, actor, held)
    if said := _said_before(held, given):
        return said
    clock = _running(held)
    if clock.due_on < today(held.representative_office.time_zone):
        raise MoreTimeRefused(why="over")
    _refuse_too_much(clock, given.days)
    request = FindingTimeRequest(
        finding_id=held.id,
        clock_id=clock.id,
        days=given.days,
        reason=given.reason,
        form_key=given.form_key or None,
        asked_by_id=actor.user_id,
        asked_at=now(),
    )
    db.session.add(request)
    touch(held)
    db.session.flush()
    _note(Event.FINDINGS_TIME_ASKED, held, request, clock, actor)
    notices.time_asked(held, request.id, actor=actor)
    return request


@command
def decide_time(
    finding: Finding, request: FindingTimeRequest, days: int, reason: str, *, version: int, actor: Actor
) -> None:
    """Grant days, all or fewer than were asked for; 0 refuses it. The office is told.

    Raises MoreTimeRefused(why): answered, too_long; RecordChanged for the second of two who decide,
    NotAllowed to the maker of the finding and to whoever belongs to the office, OwnWork, NamesReporter.
    """
    held = locked_finding(finding.id, version)
    demand(DECIDE_TIME, actor, held)
    asked = db.session.get_one(FindingTimeRequest, request.id, populate_existing=True)
    clock = db.session.get_one(FindingClock, asked.clock_id, populate_existing=True)
    if asked.decided_at is not None:
        raise MoreTimeRefused(why="decided")
    if held.state not in WAITING or clock.ended_on is not None:
        raise MoreTimeRefused(why="answered")
    if not 0 <= days <= asked.days:
        raise MoreTimeRefused(why="too_long", most=asked.days)
    refuse_author(held.origin, held.id, actor=actor)
    refuse_names(held.origin, held.id, {"decision": reason}, actor=actor)
    asked.granted, asked.decision = days, reason
    asked.decided_by_id, asked.decided_at = actor.user_id, now()
    if days:
        _extend(held, clock, days, actor)
    touch(held)
    db.session.flush()
    keep_next_due([held.id])
    _note(Event.FINDINGS_TIME_DECIDED, held, asked, clock, actor)
    notices.time_decided(held, asked.id, is_granted=days > 0, actor=actor)


def _extend(held: Finding, clock: FindingClock, days: int, actor: Actor) -> None:
    calendar = calendar_of(held.office.province_code)
    counted, due = with_more_time(counted_again(clock, calendar), clock.due_on, days, calendar)
    if clock.due_on < today(held.representative_office.time_zone):  # it heals nothing
        clock.late_from = clock.late_from or clock.due_on
    note_move(clock, DayMoved.GRANTED, due, counted.calendar_version, actor)
    clock.granted += days
    clock.start_on, clock.due_on, clock.calendar_version = counted.start, due, counted.calendar_version
    clock.proposed_due_on = counted.due if counted.due < due else None


def note_move(clock: FindingClock, why: DayMoved, after: date, version: str, actor: Actor) -> None:
    """Add a line to the explanation of a clock that is about to get another last day."""
    db.session.add(
        FindingClockMove(
            clock_id=clock.id,
            why=why,
            at=now(),
            by_id=actor.user_id,
            due_before=clock.due_on,
            due_after=after,
            calendar_version=version,
        )
    )


def _running(held: Finding) -> FindingClock:
    """Return the time that runs, the last one that was given."""
    if held.state not in WAITING:
        raise MoreTimeRefused(why="answered")
    wanted = select(FindingClock).where(FindingClock.finding_id == held.id, FindingClock.ended_on.is_(None))
    clock = db.session.scalar(wanted.order_by(FindingClock.due_on.desc(), FindingClock.id.desc()).limit(1))
    if clock is None:
        raise MoreTimeRefused(why="not_running")
    return clock


def _refuse_too_much(clock: FindingClock, days: int) -> None:
    of_clock = select(func.count(), func.count().filter(FindingTimeRequest.decided_at.is_(None))).where(
        FindingTimeRequest.clock_id == clock.id
    )
    number, waiting = db.session.execute(of_clock).one()
    refuse_too_much(RULES.more_time, days, asked=number, waiting=waiting)


def _said_before(held: Finding, given: MoreTimeInput) -> FindingTimeRequest | None:
    if not given.form_key:
        return None
    said = db.session.scalar(
        select(FindingTimeRequest).where(
            FindingTimeRequest.finding_id == held.id, FindingTimeRequest.form_key == given.form_key
        )
    )
    if said is not None and (said.days, said.reason) != (given.days, given.reason):
        raise FormSentDifferently
    return said


def _note(
    event: Event, held: Finding, request: FindingTimeRequest, clock: FindingClock, actor: Actor
) -> None:
    changes = {
        "request": request.id,
        "clock": clock.clock,
        "round": clock.round,
        "days": request.days,
        "granted": request.granted,
        "due_on": clock.due_on.isoformat(),
    }
    record(event, "finding", held.id, actor=actor, changes=changes)
