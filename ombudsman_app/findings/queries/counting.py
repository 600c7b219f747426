"""Counting a stored time again by another calendar."""

from ombudsman_app.core.workflow.deadlines import Explanation, Unit, day_zero_again, explain
from ombudsman_app.core.workflow.holiday_calendar import HolidayCalendar
from ombudsman_app.findings.models import FindingClock


def counted_again(clock: FindingClock, calendar: HolidayCalendar) -> Explanation:
    """Count what a time began with: same rule, length and granted days, other days off (DI7)."""
    unit = Unit(clock.unit)
    start = day_zero_again(clock.start_on, unit, calendar)
    return explain(start, clock.length, unit, calendar, granted=clock.granted)
