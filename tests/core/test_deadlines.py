"""Every deadline can be added up by hand: the vectors of the calendar rules, and what must always hold."""

import calendar
from datetime import date, datetime, timedelta
from functools import cache

import holidays
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ombudsman_app.core.workflow.deadlines import (
    LONGEST,
    Explanation,
    Gap,
    NotCountable,
    Pause,
    Unit,
    day_zero,
    days_late,
    days_left,
    ends_at,
    explain,
    normalise_receipt,
    with_pauses,
)
from ombudsman_app.core.workflow.holiday_calendar import DayOff, HolidayCalendar, HolidayKind, Why, shipped

ONE_DAY = timedelta(days=1)
DAYS = (Unit.WORKING_DAYS, Unit.CALENDAR_DAYS)
DAY = date.fromisoformat

VECTORS = [  # start, length, unit, joint leave observed, due, rolled from
    ("2026-11-20", 3, "working_days", True, "2026-11-25", None),
    ("2026-11-20", 10, "working_days", True, "2026-12-04", None),
    ("2026-11-20", 30, "working_days", True, "2027-01-07", None),
    ("2026-11-20", 30, "calendar_days", True, "2026-12-21", "2026-12-20"),
    ("2026-11-20", 60, "calendar_days", True, "2027-01-19", None),
    ("2026-02-27", 30, "working_days", True, "2026-04-20", None),
    ("2026-02-27", 30, "working_days", False, "2026-04-14", None),
    ("2024-03-28", 14, "calendar_days", True, "2024-04-16", "2024-04-11"),
    ("2024-03-28", 30, "working_days", True, "2024-05-27", None),
    ("2025-12-15", 30, "working_days", True, "2026-01-30", None),
    ("2026-05-08", 30, "working_days", True, "2026-06-29", None),
    ("2024-02-29", 2, "years", True, "2026-02-28", None),
    ("2026-11-21", 3, "working_days", True, "2026-11-25", None),  # the counter takes its start literally
]


@pytest.mark.parametrize(("start", "length", "unit", "joint_leave", "due", "rolled_from"), VECTORS)
def test_given_a_vector_of_the_calendar_rules_when_counting_then_the_day_is_theirs(
    start: str, length: int, unit: str, joint_leave: bool, due: str, rolled_from: str | None
) -> None:
    counted = explain(DAY(start), length, Unit(unit), shipped(), joint_leave)

    assert counted.due == DAY(due)
    assert counted.rolled_from == (DAY(rolled_from) if rolled_from else None)
    assert counted.warnings == ()


def test_given_a_time_over_christmas_when_counting_then_each_skipped_day_says_why() -> None:
    skipped = {step.day: step.reason for step in explain(
        DAY("2026-11-20"), 30, Unit.WORKING_DAYS, shipped()
    ).steps if not step.counted}  # fmt: skip

    assert skipped[DAY("2026-11-21")] == "weekend: Saturday"
    assert skipped[DAY("2026-12-24")] == "joint leave: Cuti Bersama Hari Raya Natal"
    assert skipped[DAY("2026-12-25")] == "national holiday: Hari Raya Natal"
    assert skipped[DAY("2027-01-01")] == "national holiday: Tahun Baru Masehi"
    assert skipped[DAY("2027-01-05")] == "national holiday: Isra Mikraj Nabi Muhammad"


def test_given_an_end_in_lebaran_when_it_rolls_then_the_days_in_between_are_listed() -> None:
    steps = explain(DAY("2024-03-28"), 14, Unit.CALENDAR_DAYS, shipped()).steps

    assert [(str(s.day), s.counted, s.number, s.why) for s in steps[13:]] == [
        ("2024-04-11", True, 14, Why.CALENDAR_DAY),
        ("2024-04-12", False, None, Why.JOINT_LEAVE),
        ("2024-04-13", False, None, Why.WEEKEND),
        ("2024-04-14", False, None, Why.WEEKEND),
        ("2024-04-15", False, None, Why.JOINT_LEAVE),
        ("2024-04-16", False, None, Why.ROLLED),
    ]
    assert steps[-1].reason == "next working day after 2024-04-11"


# --- what must always hold ---------------------------------------------------------------------------


@st.composite
def counted_deadlines(draw: st.DrawFn) -> Explanation:
    unit = draw(st.sampled_from(list(LONGEST)))
    length = draw(st.integers(1, 250 if unit in DAYS else 40))
    start = draw(st.dates(DAY("2019-06-01"), DAY("2027-06-30")))
    return explain(start, length, unit, shipped(), draw(st.booleans()))


@settings(max_examples=400, deadline=None)
@given(counted_deadlines())
@example(explain(DAY("2024-02-29"), 2, Unit.YEARS, shipped()))
def test_adding_the_steps_gives_the_due_date(counted: Explanation) -> None:
    numbers = [step.number for step in counted.steps if step.counted]

    assert numbers == list(range(1, counted.length + 1))
    assert counted.steps[-1].day == counted.due
    assert all(step.reason for step in counted.steps)
    assert all(step.number is None for step in counted.steps if not step.counted)
    if counted.unit in DAYS:
        days = [step.day for step in counted.steps]
        assert days == [counted.start + ONE_DAY * n for n in range(1, len(days) + 1)]


@settings(max_examples=500, deadline=None)
@given(counted_deadlines())
def test_each_day_is_judged_as_an_independent_count_judges_it(counted: Explanation) -> None:
    start, length, joint_leave = counted.start, counted.length, counted.joint_leave
    match counted.unit:
        case Unit.WORKING_DAYS:
            is_open = [_is_open(step.day, joint_leave) for step in counted.steps]
            assert is_open == [step.counted for step in counted.steps]
        case Unit.CALENDAR_DAYS:
            nominal = start + ONE_DAY * length
            rolled = nominal
            while not _is_open(rolled, joint_leave):
                rolled += ONE_DAY
            assert (counted.due, counted.rolled_from) == (rolled, nominal if rolled != nominal else None)
        case unit:
            months = length * (12 if unit is Unit.YEARS else 1)
            due = counted.due
            assert (due.year - start.year) * 12 + due.month - start.month == months
            assert due.day == min(start.day, calendar.monthrange(due.year, due.month)[1])


@cache
def _days_off(joint_leave: bool) -> holidays.HolidayBase:
    categories = ("public", "government") if joint_leave else ("public",)
    return holidays.country_holidays("ID", categories=categories, years=range(2018, 2032))


def _is_open(day: date, joint_leave: bool) -> bool:
    return day.isoweekday() <= 5 and day not in _days_off(joint_leave)


# --- pauses, receipt, lateness -----------------------------------------------------------------------


def test_given_a_pause_of_three_working_days_when_counting_then_they_are_added() -> None:
    running = explain(DAY("2026-11-20"), 10, Unit.WORKING_DAYS, shipped())
    paused = with_pauses(running, [Pause(DAY("2026-11-25"), DAY("2026-11-27"))], shipped())

    assert (running.due, paused.due) == (DAY("2026-12-04"), DAY("2026-12-09"))
    assert [str(s.day) for s in paused.steps if s.why is Why.PAUSED] == [
        "2026-11-25", "2026-11-26", "2026-11-27",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("length", "unit", "due"),
    [
        (14, Unit.CALENDAR_DAYS, "2026-12-11"),  # Sunday 6 December + 5 days: a Friday, nothing to roll
        (1, Unit.MONTHS, "2026-12-25"),  # 20 December + 5 days; months never roll, not even on Christmas
    ],
)
def test_given_a_pause_of_five_days_when_counting_days_or_months_then_calendar_days_are_added(
    length: int, unit: Unit, due: str
) -> None:
    pause = [Pause(DAY("2026-11-23"), DAY("2026-11-25")), Pause(DAY("2026-11-25"), DAY("2026-11-27"))]
    start = DAY("2026-11-20") if unit is Unit.MONTHS else DAY("2026-11-22")

    counted = explain(start, length, unit, shipped(), pauses=pause)

    assert counted.due == DAY(due)
    assert sum(step.counted for step in counted.steps) == length


def test_given_a_pause_before_the_clock_began_when_counting_then_nothing_is_added() -> None:
    before = [Pause(DAY("2026-11-02"), DAY("2026-11-20"))]
    counted = explain(DAY("2026-11-20"), 10, Unit.WORKING_DAYS, shipped(), pauses=before)
    assert counted.due == DAY("2026-12-04")


@pytest.mark.parametrize(
    ("instant", "zone", "day"),
    [
        ("2026-11-21T10:00+08:00", "Asia/Makassar", "2026-11-23"),  # Saturday
        ("2026-11-20T10:00+08:00", "Asia/Makassar", "2026-11-20"),
        ("2026-11-20T16:00+08:00", "Asia/Makassar", "2026-11-20"),  # closing time still counts
        ("2026-11-20T16:01+08:00", "Asia/Makassar", "2026-11-23"),
        ("2026-11-19T07:59+08:00", "Asia/Makassar", "2026-11-20"),  # outside hours, word for word
        ("2026-11-20T15:30+07:00", "Asia/Makassar", "2026-11-23"),  # 16.30 in Mamuju
        ("2026-11-20T08:30:00+00:00", "Asia/Jakarta", "2026-11-20"),  # 15.30 in Bengkulu
        ("2026-12-23T17:00+07:00", "Asia/Jakarta", "2026-12-28"),  # before joint leave and Christmas
    ],
)
def test_given_an_event_when_it_is_received_then_its_day_is_a_working_day(
    instant: str, zone: str, day: str
) -> None:
    assert normalise_receipt(datetime.fromisoformat(instant), zone, shipped()) == DAY(day)


def test_given_an_event_on_saturday_when_counting_three_working_days_then_it_is_thursday() -> None:
    event = datetime.fromisoformat("2026-11-21T10:00+08:00")

    start = day_zero(event, "Asia/Makassar", Unit.WORKING_DAYS, shipped())

    assert explain(start, 3, Unit.WORKING_DAYS, shipped()).due == DAY("2026-11-26")
    assert day_zero(event, "Asia/Makassar", Unit.CALENDAR_DAYS, shipped()) == DAY("2026-11-21")


def test_given_an_instant_without_zone_when_receiving_then_it_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        normalise_receipt(datetime.fromisoformat("2026-11-20T10:00"), "Asia/Jakarta", shipped())


def test_lateness_and_time_left_meet_at_the_last_day() -> None:
    due = DAY("2026-11-25")
    assert [days_late(due, due + ONE_DAY * n) for n in (-1, 0, 1, 7)] == [0, 0, 1, 7]
    assert [days_left(DAY(f"2026-11-{n}"), due, shipped()) for n in (20, 21, 24, 25, 26)] == [3, 3, 1, 0, 0]
    assert ends_at(due, "Asia/Makassar").isoformat() == "2026-11-25T23:59:59+08:00"


# --- what the calendar does not know -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "length", "unit", "joint_leave", "gaps"),
    [
        ("2027-12-20", 30, Unit.WORKING_DAYS, True, [(Gap.NO_JOINT_LEAVE, 2028)]),
        ("2027-12-20", 30, Unit.WORKING_DAYS, False, []),
        ("2027-12-20", 30, Unit.CALENDAR_DAYS, True, [(Gap.NO_JOINT_LEAVE, 2028)]),
        ("2027-12-01", 3, Unit.CALENDAR_DAYS, True, []),
        ("2030-12-20", 30, Unit.WORKING_DAYS, False, [(Gap.NO_HOLIDAYS, 2031)]),
        ("2031-01-01", 2, Unit.YEARS, True, []),  # no day off is looked at
    ],
)
def test_given_a_year_without_data_when_counting_then_it_warns(
    start: str, length: int, unit: Unit, joint_leave: bool, gaps: list[tuple[Gap, int]]
) -> None:
    warnings = explain(DAY(start), length, unit, shipped(), joint_leave).warnings
    assert [(warning.gap, warning.year) for warning in warnings] == gaps


@pytest.mark.parametrize(
    ("start", "length", "unit"),
    [
        ("2026-11-20", 0, Unit.WORKING_DAYS),
        ("2026-11-20", 3661, Unit.CALENDAR_DAYS),
        ("2026-11-20", 101, Unit.YEARS),
        ("2026-11-20", 24, Unit.HOURS),
        ("1899-12-31", 1, Unit.MONTHS),
        ("2199-12-31", 3660, Unit.WORKING_DAYS),
        ("2150-01-01", 100, Unit.YEARS),
    ],
)
def test_given_a_clock_out_of_bounds_when_counting_then_it_is_refused(
    start: str, length: int, unit: Unit
) -> None:
    with pytest.raises(NotCountable):
        explain(DAY(start), length, unit, shipped())


def test_given_a_day_of_the_governor_when_counting_then_only_his_province_is_off() -> None:
    days = [*shipped().days, DayOff(DAY("2026-11-24"), HolidayKind.REGIONAL, "Hari Jadi", "76", "SK", "1")]

    there, elsewhere = HolidayCalendar(days, province="76"), HolidayCalendar(days, province="51")

    due = [explain(DAY("2026-11-20"), 3, Unit.WORKING_DAYS, c).due for c in (there, elsewhere)]
    assert due == [DAY("2026-11-26"), DAY("2026-11-25")]
