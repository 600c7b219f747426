"""The firms of a contract and the employers of the register that they could be."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import or_, select

from ombudsman_app.core import limits
from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.employers.matching.compare import Decision
from ombudsman_app.employers.matching.compare import Verdict as Likeness
from ombudsman_app.employers.matching.reasons import OF_LIKENESS, Why
from ombudsman_app.employers.models import Employer, Project, ProjectParty
from ombudsman_app.employers.projects.verdict import Verdict, verdict_of
from ombudsman_app.employers.queries.names import by_words, words_of
from ombudsman_app.employers.queries.similar import Known, compared, near, said_reason
from ombudsman_app.employers.scope import scope

_ALIKE = 12  # employers that are offered
_OF_A_NAME = frozenset(OF_LIKENESS.values())


@dataclass(frozen=True)
class PartyOfProject:
    """A firm of a visible contract; policies look at the office that follows the project."""

    project: Project
    party: ProjectParty

    @property
    def representative_office_id(self) -> int:
        return self.project.representative_office_id


@dataclass(frozen=True)
class Candidate:
    """An employer that a firm could be."""

    id: int
    name: str
    place: str
    npp: str | None
    reasons: list[str]  # in words, why it could be this firm
    score: int  # orders them; it is no probability


@dataclass(frozen=True)
class LinkedProject:
    """A project on the page of one of its employers."""

    id: int
    package: str
    contract_number: str
    listed_on: date
    verdict: Verdict


def visible_party(actor: Actor, project_id: int, party_id: int) -> PartyOfProject | None:
    """Return a firm by its address, with its project. 1 statement."""
    found = db.session.execute(
        scope(actor)
        .projects()
        .join(ProjectParty, ProjectParty.project_id == Project.id)
        .where(Project.id == project_id, ProjectParty.id == party_id)
        .add_columns(ProjectParty)
    ).one_or_none()
    return PartyOfProject(found[0], found[1]) if found else None


def candidates(actor: Actor, found: PartyOfProject, text: str) -> list[Candidate]:
    """Return employers that a name or number asks for, by default those most like the firm. ≤ 3 statements.

    The one that it is said to be already comes first, where it is among them.
    """
    firm = Known(name=found.party.name, name_key=found.party.name_key)
    if text:
        asked = or_(by_words(text, scope(actor).offices), Employer.id == (found.party.employer_id or 0))
        rows = compared(actor, firm, asked, most=_ALIKE)
    else:
        words = set(words_of(firm.name))
        rows = [
            (row, verdict)
            for row, verdict in near(actor, firm, also=found.party.employer_id or 0)
            if verdict.decision is not Decision.NONE
            or row.id == found.party.employer_id
            or words <= set(words_of(row.name))
        ]
    offered = [_candidate(row, verdict, is_found=bool(text)) for row, verdict in rows]
    linked = found.party.employer_id
    return sorted(offered, key=lambda one: (one.id != linked, -one.score, one.name, one.id))[:_ALIKE]


def _candidate(row: Any, verdict: Likeness, *, is_found: bool) -> Candidate:
    """Say why a row is offered, also where comparing leaves it out: a name alone does not tell enough.

    That a contract never says where its firm is goes without saying.
    """
    is_named = any(one.why in _OF_A_NAME for one in verdict.reasons)
    reasons = [said_reason(one) for one in verdict.reasons if one.why is not Why.REGENCY_UNKNOWN]
    if not is_named:
        reasons = [_("found by what you look for") if is_found else _("has all words of this name"), *reasons]
    return Candidate(row.id, row.name, row.place or "", row.npp, reasons, verdict.score or int(is_named))


def projects_of_employer(actor: Actor, employer_id: int) -> list[LinkedProject]:
    """Return the projects on which an employer builds, the newest first. 1 statement."""
    of = select(ProjectParty.project_id).where(ProjectParty.employer_id == employer_id)
    rows = db.session.scalars(
        scope(actor)
        .projects()
        .where(Project.id.in_(of))
        .order_by(Project.listed_on.desc(), Project.id.desc())
        .limit(limits.HISTORY_LINES)
    )
    day = today(actor.time_zone)
    return [
        LinkedProject(one.id, one.package, one.contract_number, one.listed_on, verdict_of(one, day))
        for one in rows
    ]
