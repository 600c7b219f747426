"""Pauses × more time × days off × a changed calendar, against a count that knows nothing of ours."""

from collections.abc import Collection
from datetime import date, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from ombudsman_app.core.workflow.deadlines import Pause, Unit, day_zero_again, explain
from ombudsman_app.core.workflow.holiday_calendar import DayOff, HolidayCalendar, HolidayKind, Why
from ombudsman_app.core.workflow.more_time import with_more_time

from ..naive import last_day

FIRST = date(2026, 11, 2)
OF_THE_RULE = Pause(date(2026, 11, 25), date(2026, 11, 27))  # the vector of domain/calendar.md §1
ONE_DAY = timedelta(days=1)
days_after = st.integers(0, 90).map(lambda number: FIRST + ONE_DAY * number)
days_off = st.frozensets(days_after, max_size=12)
pauses = st.lists(st.tuples(days_after, st.integers(0, 12)), max_size=4).map(
    lambda found: [Pause(first, first + ONE_DAY * more) for first, more in found]
)
units = st.sampled_from([Unit.WORKING_DAYS, Unit.CALENDAR_DAYS])


def calendar_with(off: Collection[date]) -> HolidayCalendar:
    return HolidayCalendar([DayOff(day, HolidayKind.NATIONAL, "Hari Libur") for day in off])


def days_of(found: list[Pause]) -> set[date]:
    return {one.first + ONE_DAY * n for one in found for n in range((one.last - one.first).days + 1)}


@settings(max_examples=600, deadline=None)
@given(days_after, st.integers(1, 40), units, st.integers(0, 30), pauses, days_off)
@example(
    date(2026, 11, 20), 10, Unit.WORKING_DAYS, 0, [Pause(date(2026, 11, 25), date(2026, 11, 27))], frozenset()
)
def test_a_clock_ends_where_a_naive_count_of_its_days_ends(
    start: date,
    length: int,
    unit: Unit,
    granted: int,
    paused: list[Pause],
    off: frozenset[date],
) -> None:
    calendar = calendar_with(off)
    counted = explain(
        day_zero_again(start, unit, calendar), length, unit, calendar, pauses=paused, granted=granted
    )

    is_working = unit is Unit.WORKING_DAYS
    assert counted.due == last_day(start, length + granted, off, days_of(paused), is_working=is_working)
    numbers = [step.number for step in counted.steps if step.counted]
    assert numbers == list(range(1, length + granted + 1))
    extra = [step.number for step in counted.steps if step.why is Why.GRANTED]
    assert extra == list(range(length + 1, length + granted + 1))
    assert not any(step.counted and step.day in days_of(paused) for step in counted.steps)


@settings(max_examples=600, deadline=None)
@given(days_after, st.integers(1, 40), units, st.integers(1, 20), pauses, days_off, days_off)
def test_a_grant_moves_the_day_that_holds_and_releases_no_earlier_one(
    start: date,
    length: int,
    unit: Unit,
    days: int,
    paused: list[Pause],
    before: frozenset[date],
    after: frozenset[date],
) -> None:
    is_working = unit is Unit.WORKING_DAYS
    stored = last_day(start, length, before, days_of(paused), is_working=is_working)
    calendar = calendar_with(after)
    now = explain(day_zero_again(start, unit, calendar), length, unit, calendar, pauses=paused)

    counted, due = with_more_time(now, stored, days, calendar)

    assert counted.due == last_day(start, length + days, after, days_of(paused), is_working=is_working)
    assert due >= counted.due
    if now.due >= stored:  # the calendar of today gives no earlier day: nothing waits
        assert due == counted.due
    else:
        shifted = last_day(stored, days, after, days_of(paused), is_working=is_working, is_literal=True)
        assert due == max(counted.due, shifted)
        assert due > stored
