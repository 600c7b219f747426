"""One project with all that is known of it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.workflow.deadlines import Explanation
from ombudsman_app.core.workflow.models import calendar_of
from ombudsman_app.employers.models import (
    Employer,
    Noncompliance,
    Project,
    ProjectChange,
    ProjectFinding,
    ProjectOwner,
    ProjectParty,
)
from ombudsman_app.employers.projects.contributions import Contribution, contribution_of
from ombudsman_app.employers.projects.counting import counted_again
from ombudsman_app.employers.projects.verdict import Verdict, verdict_of
from ombudsman_app.employers.scope import scope
from ombudsman_app.employers.states import Breach
from ombudsman_app.findings.models import Finding
from ombudsman_app.findings.states import FindingState


@dataclass(frozen=True)
class PartyLine:
    """A firm of the contract. `employer_id`: None where nobody said who it is, or this person may not see it.

    `is_marked`: it is noted at the employer that a project of it is not registered.
    """

    party: ProjectParty
    employer_id: int | None
    employer_name: str
    is_marked: bool


@dataclass(frozen=True)
class FindingLine:
    """A finding to the owner that this project led to."""

    id: int
    reference: str
    state: FindingState


@dataclass(frozen=True)
class ProjectPage:
    """A project as its page shows it; its changes come in the order of their days."""

    project: Project
    verdict: Verdict
    today: date
    parties: list[PartyLine]
    findings: list[FindingLine]
    contribution: Contribution | None  # an estimate, never a bill

    @property
    def unmarked(self) -> list[PartyLine]:
        """The firms at which it could be noted that this project is not registered."""
        return [line for line in self.parties if line.employer_id and not line.is_marked]


def visible_project(actor: Actor, project_id: int) -> Project | None:
    """Return a project of one's offices with agency, place, firms and changes. 3 statements."""
    return db.session.scalar(
        scope(actor)
        .projects()
        .where(Project.id == project_id)
        .options(
            joinedload(Project.owner, innerjoin=True).joinedload(ProjectOwner.office),
            joinedload(Project.region),
            joinedload(Project.representative_office, innerjoin=True),
            joinedload(Project.made_by, innerjoin=True),
            selectinload(Project.parties),
            selectinload(Project.changes).joinedload(ProjectChange.made_by, innerjoin=True),
        )
    )


def project_page(actor: Actor, project: Project) -> ProjectPage:
    """Return what the page of a visible project shows. 2 statements."""
    day = today(project.representative_office.time_zone)
    known = _employers(actor, project)
    lines = [
        PartyLine(party, *(known.get(party.employer_id or 0) or (None, "", False)))
        for party in project.parties
    ]
    found = db.session.execute(
        select(Finding.id, Finding.reference, Finding.state)
        .join(ProjectFinding, ProjectFinding.finding_id == Finding.id)
        .where(ProjectFinding.project_id == project.id)
        .order_by(Finding.id)
    )
    findings = [FindingLine(row[0], row[1] or "", row[2]) for row in found]
    contribution = contribution_of(project.current_net, project.registered_value)
    return ProjectPage(project, verdict_of(project, day), day, lines, findings, contribution)


def _employers(actor: Actor, project: Project) -> dict[int, tuple[int, str, bool]]:
    """Return those of the firms that this person can see, and at which of them it is noted. 1 statement."""
    ids = [party.employer_id for party in project.parties if party.employer_id]
    if not ids:
        return {}
    marked = (
        select(Noncompliance.id)
        .where(
            Noncompliance.employer_id == Employer.id,
            Noncompliance.breach == Breach.PROJECT_UNREGISTERED,
            Noncompliance.ended_on.is_(None),
        )
        .exists()
    )
    rows = db.session.execute(
        scope(actor)
        .employers()
        .where(Employer.id.in_(ids))
        .with_only_columns(Employer.id, Employer.name, marked)
    )
    return {row[0]: (row[0], row[1], bool(row[2])) for row in rows}


def project_of_finding(finding_id: int) -> int | None:
    """Return the project that a finding to an agency comes from. 1 statement."""
    return db.session.scalar(select(ProjectFinding.project_id).where(ProjectFinding.finding_id == finding_id))


def province_of_project(project: Project) -> str | None:
    """Return the province whose calendar counts; place and office must be loaded, or are read."""
    if project.region_id is not None:
        return project.region.province_code if project.region else None
    return project.representative_office.province_code


def explained_days(project: Project) -> Explanation:
    """Count the time to register with each of its days, by the calendar of today. 1 statement."""
    return counted_again(project, calendar_of(province_of_project(project)))
