"""Each morning: officers are told what falls due, heads how many identities were opened (PD2).

At 07.30 in the zone of the office, on its working days, once: the row of the period stands in the
transaction of what is told, whoever begins and however often. A house that was off at 07.30 tells later on
that day.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite

from ombudsman_app.accounts import queries as accounts
from ombudsman_app.complaints import notices
from ombudsman_app.complaints.notice_kinds import COMPLAINT
from ombudsman_app.complaints.queries.due import due_of, officers_with_due, offices_in, zones
from ombudsman_app.complaints.queries.opened import opened_number
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.jobs.models import PeriodicRun
from ombudsman_app.core.policy import Role
from ombudsman_app.core.workflow.holiday_calendar import HolidayCalendar
from ombudsman_app.core.workflow.models import calendar_of

BEGINS, ENDS = time(7, 30), time(17, 0)
_AHEAD = 3  # working days that count as soon
_KIND = "complaints.morning"


def begin_mornings() -> int:
    """Tell the people of each zone whose morning has come; return for how many. 2 statements for none."""
    calendar, told = calendar_of(), 0
    for zone in zones():
        hour, day = now().astimezone(ZoneInfo(zone)).time(), today(zone)
        if BEGINS <= hour < ENDS and calendar.is_working_day(day):
            told += _begin(zone, day, _soon(day, calendar))
    return told


def _soon(day: date, calendar: HolidayCalendar) -> date:
    """Return the last of the next working days."""
    left = _AHEAD
    while left:
        day += timedelta(days=1)
        left -= calendar.is_working_day(day)
    return day


@command
def _begin(zone: str, day: date, soon: date) -> bool:
    """Tell everybody of one zone, unless somebody did. 3 statements an officer with work, 3 an office."""
    midnight = datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
    kind = f"{_KIND}:{zone}"
    before = db.session.scalar(select(func.max(PeriodicRun.period)).where(PeriodicRun.kind == kind))
    dialect: Any = sqlite if db.engine.dialect.name == "sqlite" else postgresql
    firing = dialect.insert(PeriodicRun).values(kind=kind, period=midnight).on_conflict_do_nothing()
    if db.session.scalar(firing.returning(PeriodicRun.kind)) is None:
        return False
    _tell_officers(zone, day, soon)
    since = midnight - timedelta(days=1) if before is None else before
    for office_id in offices_in(zone):
        _tell_heads(office_id, since, midnight, day)
    return True


def _tell_officers(zone: str, day: date, soon: date) -> None:
    due = {}
    for person in officers_with_due(zone, today=day, soon=soon):
        actor = accounts.actor_for(person)
        if actor is not None and actor.time_zone == zone:
            found = due_of(actor, today=day, soon=soon)
            if not found.is_nothing:
                due[person] = found
    notices.what_is_due(due, soon, day)


def _tell_heads(office_id: int, since: datetime, until: datetime, day: date) -> None:
    """Tell what the openings since the last digest were: a number, the list has its page."""
    roles, subject = {Role.HEAD_OF_REPRESENTATIVE}, (COMPLAINT, 0)
    for head in accounts.ids_with_roles(roles, office_id, without_conflict=subject):
        actor = accounts.actor_for(head)
        number = opened_number(actor, since=since, until=until) if actor else 0
        if number:
            notices.identities_opened(head, number, day)
