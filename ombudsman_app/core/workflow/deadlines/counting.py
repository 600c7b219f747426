"""Counting day by day; adding the steps gives the date.

Day 0 is the day of the event; calendar days roll to the next working day, months and years never roll;
working days skip weekends, holidays and, unless told otherwise, joint leave.
"""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from ombudsman_app.core.limits import EARLIEST_YEAR, LATEST_YEAR
from ombudsman_app.core.workflow.holiday_calendar import HolidayCalendar, Why

from .explanation import (
    LAST_DAY,
    LONGEST,
    SAME_DAY,
    Explanation,
    Gap,
    MissingYear,
    NotCountable,
    Pause,
    Step,
    Unit,
)

ONE_DAY = timedelta(days=1)


def explain(
    start: date,
    length: int,
    unit: Unit,
    holidays: HolidayCalendar,
    joint_leave: bool = True,
    *,
    pauses: Sequence[Pause] = (),
    granted: int = 0,
) -> Explanation:
    """Count from day 0 and say why for each day. Cost: one step a day. Raises NotCountable.

    The start is taken literally as day 0; an event at an instant goes through `day_zero` first. `granted`:
    days of more time behind the length, of the same kind; months and years take none.
    """
    refuse_uncountable(start, length, unit, granted)
    count = _Count(holidays, joint_leave, frozenset(_days_of(pauses)))
    rolled_from = None
    if unit in (Unit.MONTHS, Unit.YEARS):
        count.months(start, length, unit)
    else:
        count.days(start, length, unit, granted)
        if unit is Unit.CALENDAR_DAYS:
            rolled_from = count.roll()
    return Explanation(
        start=start,
        length=length,
        unit=unit,
        joint_leave=joint_leave,
        due=count.steps[-1].day,
        rolled_from=rolled_from,
        steps=tuple(count.steps),
        warnings=_missing_years(count, start, unit, rolled_from),
        calendar_version=holidays.version,
        pauses=tuple(pauses),
        granted=granted,
    )


def with_pauses(counted: Explanation, pauses: Sequence[Pause], holidays: HolidayCalendar) -> Explanation:
    """Count the same clock again with more pauses: their days, of the clock's own kind, are added."""
    every = (*counted.pauses, *pauses)
    return explain(
        counted.start,
        counted.length,
        counted.unit,
        holidays,
        counted.joint_leave,
        pauses=every,
        granted=counted.granted,
    )


def refuse_uncountable(start: date, length: int, unit: Unit, granted: int = 0) -> None:
    """Raise NotCountable when length, start or more time are out of bounds."""
    if unit not in LONGEST:
        raise NotCountable(f"{unit} are not counted on a calendar")
    if not 1 <= length <= LONGEST[unit]:
        raise NotCountable(f"the length must be between 1 and {LONGEST[unit]} {unit}")
    if granted and unit not in (Unit.WORKING_DAYS, Unit.CALENDAR_DAYS):
        raise NotCountable("more time is granted to a clock in days only")
    if not 0 <= granted <= LONGEST[unit] - length:
        raise NotCountable(f"length and more time must not exceed {LONGEST[unit]} {unit}")
    if not EARLIEST_YEAR <= start.year <= LATEST_YEAR:
        raise NotCountable(f"the start must lie between {EARLIEST_YEAR} and {LATEST_YEAR}")


def _days_of(pauses: Iterable[Pause]) -> Iterable[date]:
    for pause in pauses:
        yield from (pause.first + ONE_DAY * n for n in range((pause.last - pause.first).days + 1))


class _Count:
    """The steps while they are being counted."""

    def __init__(self, holidays: HolidayCalendar, joint_leave: bool, paused: frozenset[date]) -> None:
        self.holidays = holidays
        self.joint_leave = joint_leave
        self.paused = paused
        self.steps: list[Step] = []

    def _why_not(self, day: date, days_off_too: bool = True) -> tuple[Why, str] | None:
        off = self.holidays.why_off(day, self.joint_leave) if days_off_too else None
        return (Why.PAUSED, "") if off is None and day in self.paused else off

    def days(self, start: date, length: int, unit: Unit, granted: int) -> None:
        skips_days_off = unit is Unit.WORKING_DAYS
        plain = Why.WORKING_DAY if skips_days_off else Why.CALENDAR_DAY
        day, number = start, 0
        while number < length + granted:
            day = next_day(day)
            off = self._why_not(day, skips_days_off)
            if off is None:
                number += 1
                why = plain if number <= length else Why.GRANTED
                self.steps.append(Step(day, True, number, why))
            else:
                self.steps.append(Step(day, False, None, *off))

    def months(self, start: date, length: int, unit: Unit) -> None:
        """One step for each month or year, then one for each day that makes up for a pause."""
        months, why = (12, Why.YEAR) if unit is Unit.YEARS else (1, Why.MONTH)
        for number in range(1, length + 1):
            day = _months_after(start, number * months)
            self.steps.append(Step(day, True, number, why, SAME_DAY if day.day == start.day else LAST_DAY))
        day = self.steps[-1].day
        owed = sum(start < paused <= day for paused in self.paused)
        while owed:
            day = next_day(day)
            is_paused = day in self.paused
            self.steps.append(Step(day, False, None, Why.PAUSED if is_paused else Why.MADE_UP))
            owed -= not is_paused

    def roll(self) -> date | None:
        """Move the end to a working day; return where it was, None if it stayed."""
        ended = day = self.steps[-1].day
        while self._why_not(day):
            day = next_day(day)
            off = self._why_not(day) or (Why.ROLLED, ended.isoformat())
            self.steps.append(Step(day, False, None, *off))
        return ended if day != ended else None


def next_day(day: date) -> date:
    day += ONE_DAY
    if day.year > LATEST_YEAR:
        raise NotCountable(f"the last day must lie before {LATEST_YEAR + 1}")
    return day


def _months_after(start: date, months: int) -> date:
    """Same day number, else the last day of the month. Source: calendar rules, below the vectors."""
    year, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + year, month + 1
    if year > LATEST_YEAR:
        raise NotCountable(f"the last day must lie before {LATEST_YEAR + 1}")
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def _missing_years(
    count: _Count, start: date, unit: Unit, rolled_from: date | None
) -> tuple[MissingYear, ...]:
    """Warn of the years whose days off mattered to the date (DI7: never fails silently)."""
    due = count.steps[-1].day
    match unit:
        case Unit.WORKING_DAYS:
            first = start + ONE_DAY
        case Unit.CALENDAR_DAYS:
            first = rolled_from or due
        case _:
            return ()
    found = []
    for year in range(first.year, due.year + 1):
        if year not in count.holidays.years:
            found.append(MissingYear(Gap.NO_HOLIDAYS, year))
        elif count.joint_leave and year not in count.holidays.joint_leave_years:
            found.append(MissingYear(Gap.NO_JOINT_LEAVE, year))
    return tuple(found)
