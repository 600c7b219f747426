"""One employer with all that was said of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ombudsman_app.core import limits
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.employers.links import Linked, linked_to
from ombudsman_app.employers.models import Employer, Noncompliance, Observation
from ombudsman_app.employers.scope import scope
from ombudsman_app.employers.states import Breach


@dataclass(frozen=True)
class EmployerPage:
    """All that the page of an employer shows. Observations and kinds of non-compliance: newest first."""

    employer: Employer
    observations: Sequence[Observation]
    has_older: bool
    noncompliance: Sequence[Noncompliance]
    linked: Sequence[Linked]
    same_as: Employer | None
    joined: Sequence[Employer]  # rows that somebody said are this one

    @property
    def open_noncompliance(self) -> list[Noncompliance]:
        return [one for one in self.noncompliance if one.ended_on is None]


def visible_employer(actor: Actor, employer_id: int) -> Employer | None:
    """Return an employer of one's offices with its place and office. 1 statement."""
    found: Employer | None = db.session.scalar(
        scope(actor)
        .employers()
        .where(Employer.id == employer_id)
        .options(joinedload(Employer.region), joinedload(Employer.representative_office, innerjoin=True))
    )
    return found


def employer_page(actor: Actor, employer: Employer, *, whole: bool = False) -> EmployerPage:
    """Return what the page shows. 3 statements and those of the links."""
    most = limits.HISTORY_WHOLE if whole else limits.HISTORY_LINES
    seen = db.session.scalars(
        select(Observation)
        .where(Observation.employer_id == employer.id)
        .options(joinedload(Observation.made_by, innerjoin=True))
        .order_by(Observation.observed_on.desc(), Observation.id.desc())
        .limit(most + 1)
    ).all()
    broken = db.session.scalars(
        select(Noncompliance)
        .where(Noncompliance.employer_id == employer.id)
        .order_by(Noncompliance.id.desc())
        .limit(most)
    ).all()
    family = db.session.scalars(
        scope(actor)
        .employers()
        .where((Employer.same_as_id == employer.id) | (Employer.id == employer.same_as_id))
        .order_by(Employer.id)
        .limit(limits.HISTORY_LINES)
    ).all()
    return EmployerPage(
        employer=employer,
        observations=seen[:most],
        has_older=len(seen) > most,
        noncompliance=broken,
        linked=linked_to(employer.id, actor),
        same_as=next((one for one in family if one.id == employer.same_as_id), None),
        joined=[one for one in family if one.same_as_id == employer.id],
    )


def open_breaches(employer: Employer) -> list[Breach]:
    """Return the kinds of non-compliance that are open. 1 statement."""
    return list(
        db.session.scalars(
            select(Noncompliance.breach)
            .where(Noncompliance.employer_id == employer.id, Noncompliance.ended_on.is_(None))
            .order_by(Noncompliance.id)
        )
    )
