"""A changed calendar moves what still runs: later at once, earlier when a person says so (DI7).

Rule: `domain/calendar.md` §1. Ended times stay as they are; so do length and rule.
"""

from sqlalchemy import Select, select

from ombudsman_app.core.changing import demand, touch
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
from ombudsman_app.findings.models import Finding, FindingClock
from ombudsman_app.findings.policies import RELEASE
from ombudsman_app.findings.queries.counting import counted_again

from .more_time import note_move
from .moving import locked_finding
from .receiving import keep_next_due


def recount_finding_clocks(actor: Actor) -> Recount:
    """Count every time that runs with the calendar of today. Running it twice changes nothing."""
    return recount_all(_recount_after, actor)


@command
def _recount_after(after: int, actor: Actor) -> tuple[int, Recount] | None:
    """Recount the times behind an id; return the last id and what happened, None at the end."""
    rows = db.session.execute(_running().where(FindingClock.id > after).limit(AT_ONCE)).all()
    if not rows:
        return None
    calendar, moved, waiting = calendars(), [], 0
    for clock, province in rows:
        due = counted_again(clock, calendar(province))
        waiting += due.due < clock.due_on
        if due.due > clock.due_on:
            _note(Event.FINDINGS_CLOCK_MOVED, clock, due, actor)
            note_move(clock, DayMoved.CALENDAR, due.due, due.calendar_version, actor)
            _take(clock, due)
            moved.append(clock.finding_id)
        else:
            _propose(clock, due, actor)
    db.session.flush()
    if moved:
        keep_next_due(set(moved))
    return rows[-1][0].id, Recount(len(moved), waiting)


def _propose(clock: FindingClock, counted: Explanation, actor: Actor) -> None:
    proposed = counted.due if counted.due < clock.due_on else None
    if proposed == clock.proposed_due_on:
        return
    event = Event.FINDINGS_CLOCK_PROPOSED if proposed else Event.FINDINGS_CLOCK_WITHDRAWN
    _note(event, clock, counted, actor)
    clock.proposed_due_on = proposed


@command
def release_earlier_day(clock: FindingClock, *, actor: Actor) -> None:
    """Let a time end on the earlier day that was proposed; the office must be told of it.

    Raises NotAllowed to all but the head, RecordChanged when nothing waits or the calendar says another day.
    """
    finding = locked_finding(clock.finding_id)
    demand(RELEASE, actor, finding)
    held = db.session.get_one(FindingClock, clock.id, populate_existing=True)
    counted = counted_again(held, calendar_of(finding.office.province_code))
    if held.ended_on is not None or held.proposed_due_on is None or held.proposed_due_on != counted.due:
        raise RecordChanged
    _note(Event.FINDINGS_CLOCK_RELEASED, held, counted, actor)
    note_move(held, DayMoved.RELEASED, counted.due, counted.calendar_version, actor)
    _take(held, counted)
    touch(finding)
    db.session.flush()
    keep_next_due([held.finding_id])


def _running() -> Select[FindingClock, str | None]:
    """Select what may move, oldest first, locked until the commit."""
    return (
        select(FindingClock, Office.province_code)
        .join(Finding, Finding.id == FindingClock.finding_id)
        .join(Office, Office.id == Finding.office_id)
        .where(FindingClock.ended_on.is_(None), Finding.is_open.is_(True))
        .order_by(FindingClock.id)
        .with_for_update(of=(Finding, FindingClock))
        .execution_options(populate_existing=True)
    )


def _take(clock: FindingClock, counted: Explanation) -> None:
    clock.start_on, clock.due_on, clock.proposed_due_on = counted.start, counted.due, None
    clock.calendar_version = counted.calendar_version


def _note(event: Event, clock: FindingClock, counted: Explanation, actor: Actor) -> None:
    changes = {"clock": clock.clock, "round": clock.round}
    days = {"due_on": [clock.due_on.isoformat(), counted.due.isoformat()]}
    record(event, "finding", clock.finding_id, actor=actor, changes={**changes, **days})
