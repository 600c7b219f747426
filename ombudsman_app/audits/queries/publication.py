"""What the staff is shown of the publication of an audit."""

from dataclasses import dataclass

from sqlalchemy import and_, select

from ombudsman_app.accounts.models import User
from ombudsman_app.audits.models import Audit, StudyPlace
from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db

from .published import holds


@dataclass(frozen=True)
class Publication:
    """Who asked, and the place to learn from that holds for the office; either may be missing."""

    asked_by: str | None
    place: StudyPlace | None


def publication_of(audit: Audit) -> Publication:
    """Return it; the office of the Ombudsman must be loaded. 1 statement."""
    day = today(audit.representative_office.time_zone)
    row = db.session.execute(
        select(User.name, StudyPlace)
        .select_from(Audit)
        .outerjoin(User, User.id == Audit.publication_asked_by_id)
        .outerjoin(StudyPlace, and_(StudyPlace.office_id == Audit.office_id, holds(day)))
        .where(Audit.id == audit.id)
        .order_by(StudyPlace.id.desc())
        .limit(1)
    ).one()
    return Publication(*row)
