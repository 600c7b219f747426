"""Who can get a case, and how much each of them has already."""

from dataclasses import dataclass

from sqlalchemy import func

from ombudsman_app.accounts import queries as accounts
from ombudsman_app.complaints.models import Complaint
from ombudsman_app.complaints.scope import scope
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor, Role


@dataclass(frozen=True)
class Examiner:
    """An examiner of the handling office who declared no interest in the case."""

    user_id: int
    name: str
    open_cases: int


def examiners_for(actor: Actor, case: Complaint) -> list[Examiner]:
    """Return who can get a case, by name, with their open cases that the actor may see. 2 statements."""
    office_id = case.representative_office_id
    people = accounts.people_with_role(Role.EXAMINER, office_id, without_conflict=("complaint", case.id))
    counted = db.session.execute(
        scope(actor)
        .complaints()
        .where(
            Complaint.representative_office_id == office_id,
            Complaint.is_open.is_(True),
            Complaint.officer_id.in_([person.user_id for person in people]),
        )
        .with_only_columns(Complaint.officer_id, func.count())
        .group_by(Complaint.officer_id)
    )
    load = {officer_id: number for officer_id, number in counted}  # noqa: C416 - mypy reads rows only so
    return [Examiner(person.user_id, person.name, load.get(person.user_id, 0)) for person in people]
