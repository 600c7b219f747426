"""From an instant to a legal day: receipt, the end of the last day, lateness, what is left."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from ombudsman_app.core.workflow.holiday_calendar import HolidayCalendar

from .counting import ONE_DAY, next_day
from .explanation import Unit


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
        day = _working_day_from(next_day(day), holidays, joint_leave)
    return day


def day_zero(
    instant: datetime, zone: str, unit: Unit, holidays: HolidayCalendar, joint_leave: bool = True
) -> date:
    """Return day 0 of a clock from the instant of its event; only working days are normalised."""
    if unit is Unit.WORKING_DAYS:
        return normalise_receipt(instant, zone, holidays, joint_leave=joint_leave)
    return _local(instant, zone).date()


def day_zero_again(start: date, unit: Unit, holidays: HolidayCalendar, joint_leave: bool = True) -> date:
    """Return day 0 of a stored clock under a newer calendar: nothing is received on a day that is off now."""
    return _working_day_from(start, holidays, joint_leave) if unit is Unit.WORKING_DAYS else start


def _working_day_from(day: date, holidays: HolidayCalendar, joint_leave: bool) -> date:
    while not holidays.is_working_day(day, joint_leave):
        day = next_day(day)
    return day


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


def working_days_before(due: date, number: int, holidays: HolidayCalendar) -> date:
    """Return the working day from which that many lie ahead up to the last day, it included."""
    day = due
    while number:
        day -= ONE_DAY
        number -= holidays.is_working_day(day)
    return day
