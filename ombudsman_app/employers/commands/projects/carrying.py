"""What lists of projects sort and filter by is counted anew whenever a project changes."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import cast

from sqlalchemy import Table, bindparam, func, select, update

from ombudsman_app.core.clock import now
from ombudsman_app.core.db import db
from ombudsman_app.core.workflow.deadlines import explain
from ombudsman_app.core.workflow.holiday_calendar import HolidayCalendar
from ombudsman_app.employers.models import Project, ProjectChange, ProjectOwner
from ombudsman_app.employers.projects.rules import REGISTRATION, ChangeKind, Standing
from ombudsman_app.employers.projects.verdict import missing_value, standing_of
from ombudsman_app.employers.states import RULE_VERSION

_OWNERS = cast(
    Table, ProjectOwner.__table__
)  # by its columns: what is counted makes no new version of an agency
_TIMED = ("due_on", "length", "unit", "rule_version", "calendar_version", "proposed_due_on")


def count_due(held: Project, calendar: HolidayCalendar) -> None:
    """Count the last day to register from the SPK. Without an SPK there is none; a registered one stays."""
    if held.spk_on is None:
        for name in _TIMED:
            setattr(held, name, None)
        return
    counted = explain(held.spk_on, REGISTRATION.length, REGISTRATION.unit, calendar)
    held.due_on, held.proposed_due_on = counted.due, None
    held.length, held.unit = REGISTRATION.length, REGISTRATION.unit.value
    held.rule_version, held.calendar_version = RULE_VERSION, counted.calendar_version


def carry_project(held: Project, changes: Sequence[ProjectChange]) -> None:
    """Bring to a project what its changes, in the order of their days, and its dates make of it."""
    held.current_value, held.current_net, held.current_end_on = held.value, held.value_net, held.end_on
    held.cancelled_on = None
    for change in changes:
        if change.value is not None or change.value_net is not None:  # what it leaves out is not known then
            held.current_value, held.current_net = change.value, change.value_net
        held.current_end_on = change.end_on or held.current_end_on
        if change.kind is ChangeKind.CANCELLED:
            held.cancelled_on = held.cancelled_on or change.changed_on
    held.standing = standing_of(held.due_on, held.registered_on, held.cancelled_on)
    held.is_under_valued = missing_value(held.registered_value, held.current_net) > 0
    held.listed_on = held.spk_on or held.start_on or _made_on(held)


def _made_on(held: Project) -> date:
    return (held.made_at or now()).date()


def changes_of(project_id: int) -> list[ProjectChange]:
    """Return the changes of a contract, the earliest first. 1 statement."""
    found = select(ProjectChange).where(ProjectChange.project_id == project_id)
    return list(db.session.scalars(found.order_by(ProjectChange.changed_on, ProjectChange.id)))


def carry_owners(owners: Collection[int]) -> None:
    """Count what these agencies have, inside a command. 2 statements, the second for all of them."""
    db.session.flush()
    if not owners:
        return
    counts: dict[int, dict[str, int]] = {one: dict.fromkeys(Standing, 0) | {"under": 0} for one in owners}
    rows = db.session.execute(
        select(Project.owner_id, Project.standing, Project.is_under_valued, func.count())
        .where(Project.owner_id.in_(sorted(owners)))
        .group_by(Project.owner_id, Project.standing, Project.is_under_valued)
    )
    for owner, standing, is_under, number in rows:
        counts[owner][standing] += number
        counts[owner]["under"] += number if is_under else 0
    held = update(_OWNERS).where(_OWNERS.c.id == bindparam("which"))
    db.session.connection().execute(held, [_row(owner, of) for owner, of in sorted(counts.items())])


def _row(owner: int, of: dict[str, int]) -> dict[str, int]:
    standings = {str(standing): of[standing] for standing in Standing}
    return {
        "which": owner,
        **standings,
        "open_order": -of[Standing.OPEN],
        "projects": sum(standings.values()),
        "under_valued": of["under"],
    }
