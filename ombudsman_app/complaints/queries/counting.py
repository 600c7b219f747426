"""Counting a stored clock again: with the calendar of today, its pauses and what was granted to it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import select

from ombudsman_app.complaints.models import ClockPause, ComplaintClock
from ombudsman_app.core.db import db
from ombudsman_app.core.workflow.deadlines import Explanation, Pause, Unit, day_zero_again, explain
from ombudsman_app.core.workflow.holiday_calendar import HolidayCalendar

Pauses = Mapping[int, tuple[Pause, ...]]  # by clock; a clock without one is not in there


def counted_again(
    start_on: date,
    length: int,
    unit: Unit,
    calendar: HolidayCalendar,
    *,
    pauses: Sequence[Pause] = (),
    granted: int = 0,
) -> Explanation:
    """Count what a clock began with by another calendar: same rule, same length, other days off (DI7)."""
    start = day_zero_again(start_on, unit, calendar)
    return explain(start, length, unit, calendar, pauses=pauses, granted=granted)


def count_clock(clock: ComplaintClock, calendar: HolidayCalendar, pauses: Sequence[Pause]) -> Explanation:
    """Count a stored clock again. `pauses`: all that were released."""
    return counted_again(
        clock.start_on, clock.length, Unit(clock.unit), calendar, pauses=pauses, granted=clock.granted
    )


def pauses_of(clock: ComplaintClock) -> tuple[Pause, ...]:
    """Return the released pauses of a clock, oldest first. 1 statement, none for one that never had any."""
    return released_pauses([clock.id] if clock.paused_from else []).get(clock.id, ())


def released_pauses(clocks: Iterable[int]) -> Pauses:
    """Return the released pauses of many clocks, oldest first. 1 statement, none for no clock."""
    wanted = sorted(clocks)
    if not wanted:
        return {}
    found: dict[int, tuple[Pause, ...]] = defaultdict(tuple)
    rows = db.session.execute(
        select(ClockPause.clock_id, ClockPause.first_on, ClockPause.last_on)
        .where(ClockPause.clock_id.in_(wanted), ClockPause.first_on.is_not(None))
        .order_by(ClockPause.id)
    )
    for clock_id, first_on, last_on in rows:
        if first_on is not None and last_on is not None:
            found[clock_id] += (Pause(first_on, last_on),)
    return found


def ground_of_pause(clock: ComplaintClock) -> str:
    """Return why a clock stands still, by its latest released pause; empty if it never did. 1 statement."""
    wanted = select(ClockPause.ground).where(
        ClockPause.clock_id == clock.id, ClockPause.first_on.is_not(None)
    )
    return db.session.scalar(wanted.order_by(ClockPause.id.desc()).limit(1)) or ""
