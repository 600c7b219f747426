"""Counting: a deadline explains itself, so that adding its steps gives its date.

Rules and vectors: day 0 is the day of the event; calendar days roll to the next working day, months
and years never roll; working days skip weekends, holidays and, unless told otherwise, joint leave.
"""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from ombudsman_app.core.limits import EARLIEST_YEAR, LATEST_YEAR

from .holiday_calendar import HolidayCalendar, Why

ONE_DAY = timedelta(days=1)


class Unit(StrEnum):
    """What a time limit is counted in. Hours belong to service targets only."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    MONTHS = "months"
    YEARS = "years"
    HOURS = "hours"


# The longest time limit that is counted; far above any rule, so that a slip of the pen is refused.
LONGEST = {Unit.WORKING_DAYS: 3660, Unit.CALENDAR_DAYS: 3660, Unit.MONTHS: 1200, Unit.YEARS: 100}

_TEXTS = {
    Why.WORKING_DAY: "working day",
    Why.CALENDAR_DAY: "calendar day",
    Why.MONTH: "a month ends: {}",
    Why.YEAR: "a year ends: {}",
    Why.WEEKEND: "weekend: {}",
    Why.NATIONAL: "national holiday: {}",
    Why.JOINT_LEAVE: "joint leave: {}",
    Why.REGIONAL: "regional holiday: {}",
    Why.PAUSED: "the clock was paused",
    Why.MADE_UP: "makes up for a day of the pause",
    Why.ROLLED: "next working day after {}",
}
SAME_DAY, LAST_DAY = "same day of the month", "last day of a shorter month"


class NotCountable(ValueError):
    """The clock cannot be counted: length, unit or dates are out of bounds. The text says which."""


@dataclass(frozen=True, slots=True)
class Step:
    """One day (of a month or year: its last day). `number` counts 1, 2, … up to the length."""

    day: date
    counted: bool
    number: int | None
    why: Why
    name: str = ""  # weekday, holiday, or the day rolled from

    @property
    def reason(self) -> str:
        return _TEXTS[self.why].format(self.name)


class Gap(StrEnum):
    """What the calendar does not know about a year that was counted."""

    NO_JOINT_LEAVE = "no_joint_leave"
    NO_HOLIDAYS = "no_holidays"


@dataclass(frozen=True, slots=True)
class MissingYear:
    """A warning: the date may change when the government publishes this year's days."""

    gap: Gap
    year: int

    @property
    def text(self) -> str:
        what = "joint leave" if self.gap is Gap.NO_JOINT_LEAVE else "holidays"
        return f"no data on {what} for {self.year}: the date may still change"


@dataclass(frozen=True, slots=True)
class Pause:
    """Days on which a clock stood still, both ends included. Ground and second person: with the clock."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if not self.first <= self.last <= self.first + timedelta(days=LONGEST[Unit.CALENDAR_DAYS]):
            raise NotCountable("a pause ends after it begins and lasts ten years at most")


@dataclass(frozen=True, slots=True)
class Explanation:
    """A counted deadline with each of its steps in order, and what it was counted with."""

    start: date
    length: int
    unit: Unit
    joint_leave: bool
    due: date
    rolled_from: date | None
    steps: tuple[Step, ...]
    warnings: tuple[MissingYear, ...]
    calendar_version: str
    pauses: tuple[Pause, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the answer of `ombudsman deadlines explain`; `warnings` only where there are any."""
        answer: dict[str, Any] = {
            "due": self.due.isoformat(),
            "rolled_from": self.rolled_from.isoformat() if self.rolled_from else None,
            "steps": [
                {"date": s.day.isoformat(), "counted": s.counted, "number": s.number, "reason": s.reason}
                for s in self.steps
            ],
        }
        if self.warnings:
            answer["warnings"] = [warning.text for warning in self.warnings]
        return answer


def explain(
    start: date,
    length: int,
    unit: Unit,
    holidays: HolidayCalendar,
    joint_leave: bool = True,
    *,
    pauses: Sequence[Pause] = (),
) -> Explanation:
    """Count from day 0 and say why for each day. Cost: one step a day. Raises NotCountable.

    The start is taken literally as day 0; an event at an instant goes through `day_zero` first.
    """
    refuse_uncountable(start, length, unit)
    count = _Count(holidays, joint_leave, frozenset(_days_of(pauses)))
    rolled_from = None
    if unit in (Unit.MONTHS, Unit.YEARS):
        count.months(start, length, unit)
    else:
        count.days(start, length, unit)
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
    )


def with_pauses(counted: Explanation, pauses: Sequence[Pause], holidays: HolidayCalendar) -> Explanation:
    """Count the same clock again with more pauses: their days, of the clock's own kind, are added."""
    every = (*counted.pauses, *pauses)
    return explain(counted.start, counted.length, counted.unit, holidays, counted.joint_leave, pauses=every)


def refuse_uncountable(start: date, length: int, unit: Unit) -> None:
    """Raise NotCountable when length or start are out of bounds."""
    if unit not in LONGEST:
        raise NotCountable(f"{unit} are not counted on a calendar")
    if not 1 <= length <= LONGEST[unit]:
        raise NotCountable(f"the length must be between 1 and {LONGEST[unit]} {unit}")
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

    def days(self, start: date, length: int, unit: Unit) -> None:
        skips_days_off = unit is Unit.WORKING_DAYS
        plain = Why.WORKING_DAY if skips_days_off else Why.CALENDAR_DAY
        day, number = start, 0
        while number < length:
            day = _next(day)
            off = self._why_not(day, skips_days_off)
            if off is None:
                number += 1
                self.steps.append(Step(day, True, number, plain))
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
            day = _next(day)
            is_paused = day in self.paused
            self.steps.append(Step(day, False, None, Why.PAUSED if is_paused else Why.MADE_UP))
            owed -= not is_paused

    def roll(self) -> date | None:
        """Move the end to a working day; return where it was, None if it stayed."""
        ended = day = self.steps[-1].day
        while self._why_not(day):
            day = _next(day)
            off = self._why_not(day) or (Why.ROLLED, ended.isoformat())
            self.steps.append(Step(day, False, None, *off))
        return ended if day != ended else None


def _next(day: date) -> date:
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


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """When papers are received, local time, both ends included. A product setting."""

    opens: time = time(8)
    closes: time = time(16)


OFFICE_HOURS = WorkingHours()


def normalise_receipt(
    instant: datetime,
    zone: str,
    holidays: HolidayCalendar,
    hours: WorkingHours = OFFICE_HOURS,
    joint_leave: bool = True,
) -> date:
    """Return the day on which an event counts as received, for a clock in working days.

    Outside working hours, before opening too, or on a day off: the next working day, as the product
    rule says word for word. Raises ValueError for an instant without zone.
    """
    local = _local(instant, zone)
    day = local.date()
    in_time = hours.opens <= local.time() <= hours.closes
    if not in_time or not holidays.is_working_day(day, joint_leave):
        day = _next(day)
        while not holidays.is_working_day(day, joint_leave):
            day = _next(day)
    return day


def day_zero(
    instant: datetime, zone: str, unit: Unit, holidays: HolidayCalendar, joint_leave: bool = True
) -> date:
    """Return day 0 of a clock from the instant of its event; only working days are normalised."""
    if unit is Unit.WORKING_DAYS:
        return normalise_receipt(instant, zone, holidays, joint_leave=joint_leave)
    return _local(instant, zone).date()


def ends_at(due: date, zone: str) -> datetime:
    """Return the last second of the last day, in the zone of the handling office."""
    return datetime.combine(due, time(23, 59, 59), ZoneInfo(zone))


def _local(instant: datetime, zone: str) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return instant.astimezone(ZoneInfo(zone))


def days_late(due: date, today: date) -> int:
    """Return the calendar days after the last day, 0 while there is time."""
    return max(0, (today - due).days)


def days_left(today: date, due: date, holidays: HolidayCalendar, joint_leave: bool = True) -> int:
    """Return the working days after today up to the last day, 0 when it is today or past."""
    ahead = (today + ONE_DAY * n for n in range(1, (due - today).days + 1))
    return sum(holidays.is_working_day(day, joint_leave) for day in ahead)
