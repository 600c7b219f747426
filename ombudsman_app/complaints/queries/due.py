"""What falls due for an officer, as each morning's list says it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from ombudsman_app.complaints.models import Complaint
from ombudsman_app.complaints.scope import scope
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.directory.models import RepresentativeOffice
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.policies import READERS as LETTER_READERS
from ombudsman_app.documents.queries.unproven import last_late_day

# Whose a letter is: of the officer of its case; where nobody has the case, of whoever issued it.
_LETTER_IS_FOR = func.coalesce(Complaint.officer_id, Document.issued_by_id)


@dataclass(frozen=True)
class Due:
    """How many cases of an officer are late, end today, end soon; how many letters have no proof too long."""

    overdue: int
    today: int
    soon: int
    unproven: int = 0

    @property
    def is_nothing(self) -> bool:
        return not (self.overdue or self.today or self.soon or self.unproven)


def due_of(actor: Actor, *, today: date, soon: date) -> Due:
    """Count the open cases that this person works on and may see, up to a day, and letters. 2 statements."""
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
    return Due(*found, unproven=_unproven_of(actor, today))


def _unproven_of(actor: Actor, today: date) -> int:
    """Count the letters that wait too long for proof, in cases of this person or issued by them where nobody
    has the case: of their offices, as the list shows them. 1 statement."""
    waiting = (
        scope(actor)
        .complaints()
        .join(Document, Document.folder == Complaint.files_id)
        .where(
            Document.representative_office_id.in_(sorted(actor.offices_as(*LETTER_READERS))),
            Document.unproven_since <= last_late_day(today),
            _LETTER_IS_FOR.in_([actor.user_id]),
        )
        .with_only_columns(func.count())
    )
    return db.session.scalar(waiting) or 0


def officers_with_due(zone: str, *, today: date, soon: date) -> list[int]:
    """Return whose cases at offices of a time zone end up to a day, or whose letters wait too long for proof
    of receipt, for the morning's job. 2 statements."""
    letters = (
        select(_LETTER_IS_FOR)
        .select_from(Document)
        .join(RepresentativeOffice, RepresentativeOffice.id == Document.representative_office_id)
        .join(Complaint, Complaint.files_id == Document.folder)
        .where(
            RepresentativeOffice.time_zone == zone,
            Document.unproven_since <= last_late_day(today),
            _LETTER_IS_FOR.is_not(None),
        )
        .distinct()
    )
    return sorted({*_with_due_cases(zone, soon), *db.session.scalars(letters)})


def _with_due_cases(zone: str, soon: date) -> list[int]:
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
