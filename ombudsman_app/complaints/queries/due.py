"""What falls due for an officer, as each morning's list says it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from ombudsman_app.complaints.models import Complaint
from ombudsman_app.complaints.scope import scope
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.directory.models import RepresentativeOffice


@dataclass(frozen=True)
class Due:
    """How many cases of an officer are late, end today, end soon."""

    overdue: int
    today: int
    soon: int

    @property
    def is_nothing(self) -> bool:
        return not (self.overdue or self.today or self.soon)


def due_of(actor: Actor, *, today: date, soon: date) -> Due:
    """Count the open cases that this person works on and may see, up to a day. 1 statement."""
    day = Complaint.next_due_on
    found = db.session.execute(
        scope(actor)
        .complaints()
        .where(Complaint.is_open.is_(True), Complaint.officer_id == actor.user_id, day <= soon)
        .with_only_columns(
            func.count().filter(day < today),
            func.count().filter(day == today),
            func.count().filter(day > today),
        )
    ).one()
    return Due(*found)


def officers_with_due(zone: str, *, soon: date) -> list[int]:
    """Return whose cases at offices of a time zone end up to a day, for the morning's job. 1 statement."""
    return list(
        db.session.scalars(
            select(Complaint.officer_id)
            .join(RepresentativeOffice, RepresentativeOffice.id == Complaint.representative_office_id)
            .where(
                RepresentativeOffice.time_zone == zone,
                Complaint.is_open.is_(True),
                Complaint.officer_id.is_not(None),
                Complaint.next_due_on <= soon,
            )
            .distinct()
            .order_by(Complaint.officer_id)
        )
    )


def offices_in(zone: str) -> list[int]:
    """Return the representative offices of a time zone. 1 statement."""
    found = select(RepresentativeOffice.id).where(RepresentativeOffice.time_zone == zone)
    return list(db.session.scalars(found.order_by(RepresentativeOffice.id)))


def zones() -> list[str]:
    """Return the time zones of our offices. 1 statement."""
    return list(
        db.session.scalars(
            select(RepresentativeOffice.time_zone).distinct().order_by(RepresentativeOffice.time_zone)
        )
    )
