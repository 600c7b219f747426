"""A changed calendar moves the last days to register: later at once, earlier when a person says so.

Rule: `domain/calendar.md` §1 (DI7). Registered projects keep the day they were judged by.
"""

from datetime import date
from typing import Any

from sqlalchemy import Select, select

from ombudsman_app.core.changing import demand, locked, touch
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import RecordChanged
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.core.workflow.deadlines import Explanation
from ombudsman_app.core.workflow.models import calendar_of, calendars
from ombudsman_app.core.workflow.recounting import AT_ONCE, Recount, recount_all
from ombudsman_app.directory.models import Region
from ombudsman_app.directory.models.office import Office
from ombudsman_app.employers.models import Project
from ombudsman_app.employers.policies import RELEASE_DAY
from ombudsman_app.employers.projects.counting import counted_again
from ombudsman_app.employers.projects.rules import Standing
from ombudsman_app.employers.queries.projects.page import province_of_project

from .carrying import carry_owners, carry_project, changes_of
from .writing import PROJECT

_OFFICE = Office.__table__


def recount_project_days(actor: Actor) -> Recount:
    """Count every last day that runs with the calendar of today. Running it twice changes nothing."""
    return recount_all(_recount_after, actor)


@command
def _recount_after(after: int, actor: Actor) -> tuple[int, Recount] | None:
    """Recount the days behind an id; return the last id and what happened, None at the end."""
    rows = db.session.execute(_running().where(Project.id > after).limit(AT_ONCE)).all()
    if not rows:
        return None
    calendar, moved, waiting, owners = calendars(), 0, 0, set()
    for held, of_region, of_office in rows:
        counted = counted_again(held, calendar(of_region or of_office))
        stored: date = held.due_on  # there is one where the time runs
        waiting += counted.due < stored
        if counted.due > stored:
            _move(Event.EMPLOYERS_PROJECT_DAY_MOVED, held, counted, actor)
            moved += 1
            owners.add(held.owner_id)
        else:
            _propose(held, stored, counted, actor)
    carry_owners(owners)
    return rows[-1][0].id, Recount(moved, waiting)


def _running() -> Select[Any, str | None, str | None]:
    """Select what may move, oldest first, locked until the commit."""
    return (
        select(Project, Region.province_code, _OFFICE.c.province_code)
        .outerjoin(Region, Region.id == Project.region_id)
        .join(_OFFICE, _OFFICE.c.id == Project.representative_office_id)
        .where(Project.due_on.is_not(None), Project.registered_on.is_(None))
        .where(Project.standing.in_((Standing.OPEN, Standing.CANCELLED)))
        .order_by(Project.id)
        .with_for_update(of=Project)
        .execution_options(populate_existing=True)
    )


def _propose(held: Project, stored: date, counted: Explanation, actor: Actor) -> None:
    proposed = counted.due if counted.due < stored else None
    if proposed == held.proposed_due_on:
        return
    event = Event.EMPLOYERS_PROJECT_DAY_PROPOSED if proposed else Event.EMPLOYERS_PROJECT_DAY_WITHDRAWN
    _note(event, held, counted, actor)
    held.proposed_due_on = proposed


@command
def release_earlier_day(project: Project, *, version: int, actor: Actor) -> None:
    """Let the time to register end on the earlier day that was proposed.

    Raises NotAllowed to all but the head, RecordChanged when nothing waits or the calendar says another day.
    """
    province = province_of_project(project)
    held = locked(Project, project.id, version=version)
    demand(RELEASE_DAY, actor, held)
    counted = counted_again(held, calendar_of(province))
    if held.registered_on is not None or held.proposed_due_on is None or held.proposed_due_on != counted.due:
        raise RecordChanged
    _move(Event.EMPLOYERS_PROJECT_DAY_RELEASED, held, counted, actor)
    touch(held)
    carry_owners([held.owner_id])


def _move(event: Event, held: Project, counted: Explanation, actor: Actor) -> None:
    _note(event, held, counted, actor)
    changes = changes_of(held.id)
    held.due_on, held.proposed_due_on = counted.due, None
    held.calendar_version = counted.calendar_version
    carry_project(held, changes)


def _note(event: Event, held: Project, counted: Explanation, actor: Actor) -> None:
    days = {"due_on": [str(held.due_on), counted.due.isoformat()]}
    record(event, PROJECT, held.id, actor=actor, changes=days)
