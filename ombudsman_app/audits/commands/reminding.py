"""Each morning: who visits an office on the next working day is reminded, once."""

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from ombudsman_app.audits import notices
from ombudsman_app.audits.queries.visits import near_visits, zones
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import command
from ombudsman_app.core.workflow.holiday_calendar import HolidayCalendar
from ombudsman_app.core.workflow.models import calendar_of

_BEGINS, _ENDS = time(7, 30), time(17, 0)  # of a working day in the zone of the office


@command
def remind_of_visits() -> int:
    """Remind the teams where a working day has begun; return of how many visits. Again it tells nobody."""
    calendar, told = calendar_of(), 0
    for zone in zones():
        hour, day = now().astimezone(ZoneInfo(zone)).time(), today(zone)
        if not (_BEGINS <= hour < _ENDS and calendar.is_working_day(day)):
            continue
        for visit in near_visits(zone, day, _next_working_day(day, calendar)):
            notices.visit_near(visit.audit_id, visit.label, visit.people, visit.first.isoformat())
            told += 1
    return told


def _next_working_day(day: date, calendar: HolidayCalendar) -> date:
    day += timedelta(days=1)
    while not calendar.is_working_day(day):
        day += timedelta(days=1)
    return day
