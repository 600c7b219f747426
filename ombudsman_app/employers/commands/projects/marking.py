"""A project that is not registered: noted at its employers, found at its owner. A person confirms each."""

from dataclasses import dataclass

from sqlalchemy import select

from ombudsman_app.core.changing import demand, locked, touch
from ombudsman_app.core.clock import today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import MoveNotAllowed
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.employers.commands.observing import BreachInput, say_breach
from ombudsman_app.employers.errors import ProjectRefused
from ombudsman_app.employers.models import Employer, Project, ProjectFinding, ProjectOwner, ProjectParty
from ombudsman_app.employers.policies import FIND_PROJECT, WRITE_PROJECT
from ombudsman_app.employers.projects.verdict import verdict_of
from ombudsman_app.employers.scope import scope
from ombudsman_app.employers.states import Breach, SourceKind
from ombudsman_app.findings.commands import FindingInput, make_finding
from ombudsman_app.findings.models import Finding
from ombudsman_app.findings.states import Origin

from .writing import PROJECT


@dataclass(frozen=True)
class OwnerFindingInput:
    """The words of a finding to the agency that ordered the works."""

    summary: str
    description: str
    rule: str
    suggestion: str


@command
def mark_firms(project: Project, *, version: int, actor: Actor) -> int:
    """Note at each linked employer that a project of it is not registered; return at how many.

    Raises RecordChanged, NotAllowed, MoveNotAllowed while the project has time or is registered.
    """
    held = locked(Project, project.id, version=version)
    demand(WRITE_PROJECT, actor, held)
    day = today(actor.time_zone)
    if not verdict_of(held, day).is_breach:
        raise MoveNotAllowed(state=held.standing.value, event="mark")
    firms = select(ProjectParty.employer_id).where(ProjectParty.project_id == held.id)
    employers = db.session.scalars(
        scope(actor).employers().where(Employer.id.in_(firms)).order_by(Employer.id)
    )
    said = BreachInput(
        breach=Breach.PROJECT_UNREGISTERED,
        found_on=day,
        source_kind=SourceKind.PROCUREMENT,
        source=f"Kontrak {held.contract_number}: {held.package}"[:300],
    )
    marked = [say_breach(employer, said, actor=actor) for employer in employers.all()]
    touch(held)
    return len(marked)


@command
def find_at_owner(project: Project, given: OwnerFindingInput, *, actor: Actor) -> Finding:
    """Begin a finding against the agency that did not ask for the registration: a draft, with one suggestion.

    Raises ProjectRefused where nobody said which office the agency is, MoveNotAllowed where the project is
    registered in time for its whole value, NotAllowed.
    """
    held = locked(Project, project.id)
    demand(FIND_PROJECT, actor, held)
    owner = db.session.get_one(ProjectOwner, held.owner_id)
    if owner.office_id is None:
        raise ProjectRefused(field="owner", why="no_office")
    if not verdict_of(held, today(actor.time_zone)).is_owners:
        raise MoveNotAllowed(state=held.standing.value, event="find")
    finding = make_finding(
        FindingInput(given.summary, given.description, given.rule, [given.suggestion]),
        origin=Origin.EMPLOYER,
        office_id=owner.office_id,
        representative_office_id=held.representative_office_id,
        actor=actor,
    )
    db.session.add(ProjectFinding(finding_id=finding.id, project_id=held.id))
    record(Event.EMPLOYERS_PROJECT_FOUND, PROJECT, held.id, actor=actor, changes={"finding": finding.id})
    return finding
