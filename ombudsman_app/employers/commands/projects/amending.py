"""What becomes of a contract after it was signed is added; nothing of it is overwritten."""

from sqlalchemy import select

from ombudsman_app.core.changing import demand, locked, touch
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.employers.errors import ProjectRefused
from ombudsman_app.employers.models import Project, ProjectChange
from ombudsman_app.employers.policies import WRITE_PROJECT
from ombudsman_app.employers.projects.rules import ChangeKind

from .carrying import carry_owners, carry_project, changes_of
from .inputs import ChangeInput, refuse_values
from .writing import PROJECT


@command
def amend_project(project: Project, given: ChangeInput, *, version: int, actor: Actor) -> ProjectChange:
    """Add an amendment, or that the contract was ended before it was done.

    The time to register still runs from the first SPK. Raises RecordChanged, and ProjectRefused for a day
    before the SPK or ahead, a number that is there already, an amendment that changes nothing.
    """
    held = locked(Project, project.id, version=version)
    demand(WRITE_PROJECT, actor, held)
    refuse_change(held, given, actor)
    added = ProjectChange(
        project_id=held.id,
        kind=given.kind,
        changed_on=given.changed_on,
        number=given.number,
        value=given.value,
        value_net=given.value_net,
        end_on=given.end_on,
        source=given.source,
        made_by_id=actor.user_id,
        made_at=now(),
    )
    db.session.add(added)
    db.session.flush()
    carry_project(held, changes_of(held.id))
    touch(held)
    carry_owners([held.owner_id])
    changes = {"kind": given.kind.value, "change": added.id, "standing": held.standing.value}
    record(Event.EMPLOYERS_PROJECT_AMENDED, PROJECT, held.id, actor=actor, changes=changes)
    return added


def refuse_change(held: Project, given: ChangeInput, actor: Actor) -> None:
    """Raise ProjectRefused for a change that cannot be. ≤ 1 statement."""
    if given.changed_on > today(actor.time_zone):
        raise ProjectRefused(field="changed_on", why="future")
    if held.spk_on and given.changed_on < held.spk_on:
        raise ProjectRefused(field="changed_on", why="before_spk")
    refuse_values(given.value, given.value_net)
    if given.end_on and held.start_on and given.end_on < held.start_on:
        raise ProjectRefused(field="end_on", why="before_start")
    says_something = given.value is not None or given.value_net is not None or given.end_on is not None
    if given.kind is ChangeKind.AMENDED and not says_something:
        raise ProjectRefused(field="value_net", why="nothing_changes")
    known = select(ProjectChange.id).where(
        ProjectChange.project_id == held.id, ProjectChange.number == given.number
    )
    if db.session.scalar(known) is not None:
        raise ProjectRefused(field="number", why="known_change")
