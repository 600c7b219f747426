"""A changed calendar moves what still runs: later at once, earlier when a person says so (DI7).

Rule: `domain/calendar.md` §1. Ended clocks and closed cases stay as they are; so do length and rule.
"""

from collections import Counter
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Row, Select, select, update

from ombudsman_app.complaints import notices
from ombudsman_app.complaints.models import Complaint, ComplaintClock
from ombudsman_app.complaints.policies import RELEASE_DAY
from ombudsman_app.complaints.queries.counting import (
    count_clock,
    counted_again,
    pauses_of,
    released_pauses,
)
from ombudsman_app.core.changing import demand
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import RecordChanged
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.core.workflow.deadlines import Explanation, Pause, Unit
from ombudsman_app.core.workflow.models import calendars
from ombudsman_app.core.workflow.moves import DayMoved
from ombudsman_app.core.workflow.recounting import AT_ONCE, Recount, recount_all
from ombudsman_app.directory.models import Office

from .clocks import keep_next_due
from .pausing import note_move

_READ = (
    ComplaintClock.id,
    ComplaintClock.complaint_id,
    ComplaintClock.clock,
    ComplaintClock.start_on,
    ComplaintClock.length,
    ComplaintClock.unit,
    ComplaintClock.due_on,
    ComplaintClock.calendar_version,
    ComplaintClock.proposed_due_on,
    ComplaintClock.changed_at,
    ComplaintClock.moves,
    ComplaintClock.granted,
    ComplaintClock.paused_from,
    Complaint.officer_id,
)
_KEPT = ("id", "start_on", "due_on", "calendar_version", "proposed_due_on", "changed_at", "moves")
_BOOKKEEPING = ("changed_at", "moves")  # says nothing that the days beside it do not


def recount_open_clocks(actor: Actor) -> Recount:
    """Count every open clock with the calendar of today. Running it twice changes nothing.

    Each batch of 500 is a transaction of its own, so that nobody waits long for a lock; what a broken
    run left undone, the next one does. ≤ 11 statements a batch.
    """
    return recount_all(_recount_after, actor)


@command
def _recount_after(after: int, actor: Actor) -> tuple[int, Recount] | None:
    """Recount the clocks behind an id; return the last id and what happened, None at the end."""
    rows = db.session.execute(_open_clocks(*_READ).where(ComplaintClock.id > after).limit(AT_ONCE)).all()
    if not rows:
        return None
    calendar = calendars()
    pauses = released_pauses(row.id for row in rows if row.paused_from)

    @cache  # many clocks of one day are the same count
    def count(
        began: tuple[date, int, str], province: str | None, paused: tuple[Pause, ...], granted: int
    ) -> Explanation:
        start_on, length, unit = began
        return counted_again(start_on, length, Unit(unit), calendar(province), pauses=paused, granted=granted)

    changes: list[dict[str, Any]] = []
    moved_cases: list[int] = []
    moved_of, waiting_at = Counter[int](), Counter[int]()
    waiting = 0
    for row in rows:
        began, paused = (row.start_on, row.length, row.unit), pauses.get(row.id, ())
        counted = count(began, row.province_code, paused, row.granted)
        waiting += counted.due < row.due_on
        if change := _change(row, counted):
            event, values = change
            if event is Event.COMPLAINTS_CLOCK_MOVED:
                moved_cases.append(row.complaint_id)
                note_move(
                    row.id,
                    DayMoved.CALENDAR,
                    row.due_on,
                    counted.due,
                    counted.calendar_version,
                    by=actor.user_id,
                )
                moved_of.update([row.officer_id] if row.officer_id else [])
            elif event is Event.COMPLAINTS_CLOCK_PROPOSED:
                waiting_at[row.representative_office_id] += 1
            changes.append(values)
            _note(event, row, values, actor=actor)
    if changes:
        db.session.execute(update(ComplaintClock), changes)
    if moved_cases:
        keep_next_due(set(moved_cases))
    notices.recounted(moved_of, waiting_at, f"{rows[-1].id}:{now().isoformat()}")
    return rows[-1].id, Recount(len(moved_cases), waiting)


def _change(row: Row[Any], counted: Explanation) -> tuple[Event, dict[str, Any]] | None:
    """Return what happens to a clock and all its columns that may change; None if it stays."""
    kept = {name: getattr(row, name) for name in _KEPT}  # all of them: one statement for all clocks
    if counted.due > row.due_on:
        return Event.COMPLAINTS_CLOCK_MOVED, kept | _as_counted(counted) | _moved(row)
    proposed = counted.due if counted.due < row.due_on else None
    if proposed == row.proposed_due_on:
        return None
    event = Event.COMPLAINTS_CLOCK_PROPOSED if proposed else Event.COMPLAINTS_CLOCK_WITHDRAWN
    return event, kept | {"proposed_due_on": proposed}


@command
def release_earlier_day(clock: ComplaintClock, *, actor: Actor) -> None:
    """Let a clock end on the earlier day that was proposed; the party must be told of it.

    Raises NotAllowed to all but the head of the office that handles the case, RecordChanged when nothing
    waits any more or the calendar of today gives another day than the proposed one. 9 statements.
    """
    row = db.session.execute(
        _open_clocks(ComplaintClock)
        .where(ComplaintClock.id == clock.id)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        raise RecordChanged
    demand(RELEASE_DAY, actor, row)
    held: ComplaintClock = row.ComplaintClock
    calendar = calendars()(row.province_code)
    counted = count_clock(held, calendar, pauses_of(held))
    if held.proposed_due_on is None or held.proposed_due_on != counted.due:
        raise RecordChanged
    values = _as_counted(counted)
    _note(Event.COMPLAINTS_CLOCK_RELEASED, held, values, actor=actor)
    version = counted.calendar_version
    note_move(held.id, DayMoved.RELEASED, held.due_on, counted.due, version, by=actor.user_id)
    for name, value in (values | _moved(held)).items():
        setattr(held, name, value)
    db.session.flush()
    keep_next_due({held.complaint_id})
    notices.day_released(db.session.get_one(Complaint, held.complaint_id), held, actor=actor)


def _open_clocks(*shown: Any) -> Select[Any]:
    """Select what may move, oldest first, locked until the commit, with what decides about it."""
    return (
        select(*shown, Complaint.representative_office_id, Office.province_code)
        .join(Complaint, Complaint.id == ComplaintClock.complaint_id)
        .join(Office, Office.id == Complaint.office_id)
        .where(ComplaintClock.ended_on.is_(None), Complaint.is_open.is_(True))
        .order_by(ComplaintClock.id)
        .with_for_update(of=(Complaint, ComplaintClock))
    )


def _note(event: Event, before: Any, after: dict[str, Any], *, actor: Actor) -> None:
    """Put a move on the trail of its case: each column that changes, before and after."""
    changes: dict[str, Any] = {
        name: [_word(getattr(before, name)), _word(value)]
        for name, value in after.items()
        if name not in _BOOKKEEPING and getattr(before, name) != value
    }
    subject = {"clock": before.clock, "clock_id": before.id}
    record(event, "complaint", before.complaint_id, actor=actor, changes=subject | changes)


def _word(value: object) -> str | None:
    return None if value is None else str(value)


def _moved(before: Any) -> dict[str, Any]:
    """Say in what calendar programs read that the clock has another day."""
    return {"changed_at": now(), "moves": before.moves + 1}


def _as_counted(counted: Explanation) -> dict[str, Any]:
    return {
        "start_on": counted.start,
        "due_on": counted.due,
        "calendar_version": counted.calendar_version,
        "proposed_due_on": None,
    }
