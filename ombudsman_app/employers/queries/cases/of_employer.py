"""The cases of one employer, for its page."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.employers.compliance.rules import CaseState
from ombudsman_app.employers.compliance.scope import case_scope
from ombudsman_app.employers.models import Employer, EmployerComplianceCase, Noncompliance
from ombudsman_app.employers.states import Breach, breaches_in


@dataclass(frozen=True)
class CaseOfEmployer:
    """One case in a line."""

    id: int
    reference: str
    state: CaseState
    breaches: list[Breach]
    opened_on: date
    ended_on: date | None
    days_late: int


def cases_of_employer(actor: Actor, employer_id: int) -> list[CaseOfEmployer]:
    """Return the cases of an employer that this person may see, newest first. 1 statement."""
    found = (
        case_scope(actor)
        .cases()
        .where(EmployerComplianceCase.employer_id == employer_id)
        .order_by(EmployerComplianceCase.id.desc())
    )
    return [
        CaseOfEmployer(
            one.id,
            one.reference,
            one.state,
            breaches_in(one.breaches),
            one.opened_on,
            one.ended_on,
            one.days_late,
        )
        for one in db.session.scalars(found)
    ]


def openable(employer: Employer, cases: list[CaseOfEmployer]) -> list[Breach]:
    """Return the open kinds of non-compliance that no open case follows. 1 statement."""
    rows = db.session.scalars(
        select(Noncompliance.breach).where(
            Noncompliance.employer_id == employer.id, Noncompliance.ended_on.is_(None)
        )
    )
    followed = {breach for one in cases if one.ended_on is None for breach in one.breaches}
    there = set(rows) - followed
    return [breach for breach in Breach if breach in there]
