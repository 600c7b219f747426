"""A changed calendar moves what still runs: later at once, earlier when a person says so (DI7).

Rule: `domain/calendar.md` §1. Ended times stay as they are; so do length and rule.
"""

from sqlalchemy import Select, select

from ombudsman_app.audits.models import Audit, AuditClock, AuditClockMove
from ombudsman_app.audits.policies import RELEASE
from ombudsman_app.audits.queries.portal import counted_again
from ombudsman_app.audits.states import AuditState
from ombudsman_app.core.changing import demand, touch
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import RecordChanged
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.core.workflow.deadlines import Explanation
from ombudsman_app.core.workflow.models import calendar_of, calendars
from ombudsman_app.core.workflow.moves import DayMoved
from ombudsman_app.core.workflow.recounting import AT_ONCE, Recount, recount_all
from ombudsman_app.directory.models import Office

from .receiving import locked_draft


def recount_audit_clocks(actor: Actor) -> Recount:
    """Count every time that runs with the calendar of today. Running it twice changes nothing."""
    return recount_all(_recount_after, actor)


@command
def _recount_after(after: int, actor: Actor) -> tuple[int, Recount] | None:
    """Recount the times behind an id; return the last id and what happened, None at the end."""
    rows = db.session.execute(_running().where(AuditClock.id > after).limit(AT_ONCE)).all()
    if not rows:
        return None
    calendar, moved, waiting = calendars(), 0, 0
    for clock, audit, province in rows:
        counted = counted_again(clock, calendar(province))
        waiting += counted.due < clock.due_on
        if counted.due > clock.due_on:
            _note(Event.AUDITS_CLOCK_MOVED, clock, counted, actor)
            _take(audit, clock, counted, DayMoved.CALENDAR, actor)
            moved += 1
        else:
            _propose(clock, counted, actor)
    db.session.flush()
    return rows[-1][0].id, Recount(moved, waiting)


def _running() -> Select[AuditClock, Audit, str | None]:
    """Select what may move, oldest first, locked until the commit."""
    return (
        select(AuditClock, Audit, Office.province_code)
        .join(Audit, Audit.id == AuditClock.audit_id)
        .join(Office, Office.id == Audit.office_id)
        .where(AuditClock.ended_on.is_(None), Audit.state == AuditState.DRAFT_SENT)
        .order_by(AuditClock.id)
        .with_for_update(of=(Audit, AuditClock))
        .execution_options(populate_existing=True)
    )


def _propose(clock: AuditClock, counted: Explanation, actor: Actor) -> None:
    proposed = counted.due if counted.due < clock.due_on else None
    if proposed == clock.proposed_due_on:
        return
    _note(Event.AUDITS_CLOCK_PROPOSED if proposed else Event.AUDITS_CLOCK_WITHDRAWN, clock, counted, actor)
    clock.proposed_due_on = proposed


@command
def release_earlier_audit_day(audit: Audit, *, actor: Actor) -> None:
    """Let the time end on the earlier day that was proposed; the office must be told of it.

    Raises NotAllowed to all but the head, RecordChanged when nothing waits or the calendar says another day.
    """
    held = locked_draft(audit.id)
    demand(RELEASE, actor, held)
    clock = held.clock
    if clock is None or clock.ended_on is not None or clock.proposed_due_on is None:
        raise RecordChanged
    counted = counted_again(clock, calendar_of(held.office.province_code))
    if clock.proposed_due_on != counted.due:
        raise RecordChanged
    _note(Event.AUDITS_CLOCK_RELEASED, clock, counted, actor)
    _take(held, clock, counted, DayMoved.RELEASED, actor)


def _take(held: Audit, clock: AuditClock, counted: Explanation, why: DayMoved, actor: Actor) -> None:
    """Let a time end on another day, and keep why."""
    db.session.add(
        AuditClockMove(
            clock_id=clock.id,
            why=why,
            at=now(),
            by_id=actor.user_id,
            due_before=clock.due_on,
            due_after=counted.due,
            calendar_version=counted.calendar_version,
        )
    )
    clock.start_on, clock.due_on, clock.proposed_due_on = counted.start, counted.due, None
    clock.calendar_version = counted.calendar_version
    held.answer_due_on = counted.due
    touch(held)


def _note(event: Event, clock: AuditClock, counted: Explanation, actor: Actor) -> None:
    days = {"due_on": [clock.due_on.isoformat(), counted.due.isoformat()]}
    record(event, "audit", clock.audit_id, actor=actor, changes=days)
