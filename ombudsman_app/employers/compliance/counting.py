"""Counting a stored time again by another calendar."""

from datetime import date

from ombudsman_app.core.workflow.deadlines import Explanation, Pause, Unit, day_zero_again, explain
from ombudsman_app.core.workflow.holiday_calendar import HolidayCalendar
from ombudsman_app.employers.models import CaseClock

from .rules import FORWARDING


def counted_again(clock: CaseClock, calendar: HolidayCalendar) -> Explanation:
    """Count what a time began with: same rule, length and pauses, other days off (DI7).

    The day of a letter or of its delivery to the employer is day 0 whatever the calendar says; the receipt of
    a forwarded case is none on a day that is off now.
    """
    pauses = [Pause(date.fromisoformat(first), date.fromisoformat(last)) for first, last in clock.pauses]
    unit, start = Unit(clock.unit), clock.start_on
    if clock.clock == FORWARDING:
        start = day_zero_again(start, unit, calendar)
    return explain(start, clock.length, unit, calendar, pauses=pauses)
