"""A case and the letter that somebody wants to write about it."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ombudsman_app.complaints.models import Complaint, InformationTip
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor

from .case import visible_case


@dataclass(frozen=True)
class OfCase:
    """Something on a visible case; policies look at the office that handles the case, and at its officer."""

    complaint: Complaint

    @property
    def representative_office_id(self) -> int:
        return self.complaint.representative_office_id

    @property
    def officer_id(self) -> int | None:
        return self.complaint.officer_id

    @property
    def has_officer_declared(self) -> bool:
        return self.complaint.has_officer_declared


@dataclass(frozen=True)
class LetterOfCase(OfCase):
    """A visible case with a kind of letter."""

    kind: str


def letter_of_case(actor: Actor, complaint_id: int, kind: str) -> LetterOfCase | None:
    """Return a case by the address of a letter about it. 2 statements."""
    case = visible_case(actor, complaint_id)
    return LetterOfCase(case, kind) if case else None


def case_of_folder(folder: UUID) -> Complaint | None:
    """Return the case of a paper that somebody may see, with its offices and officer. 1 statement."""
    return db.session.scalar(
        select(Complaint)
        .where(Complaint.files_id == folder)
        .options(
            joinedload(Complaint.office, innerjoin=True),
            joinedload(Complaint.representative_office, innerjoin=True),
            joinedload(Complaint.officer),
        )
    )


@dataclass(frozen=True)
class OwnRecord:
    """What a browser has open of its own: a complaint, or information without identity."""

    id: int
    is_tip: bool
    folder: UUID
    ticket: str

    @property
    def receipt_kind(self) -> str:
        return "tip_receipt" if self.is_tip else "receipt"


def own_record(complaint_id: int | None, tip_id: int | None) -> OwnRecord | None:
    """Return the record that ticket and code, or the draft just sent, have opened. ≤ 1 statement."""
    kind, number = (InformationTip, tip_id) if complaint_id is None else (Complaint, complaint_id)
    if number is None:
        return None
    row = db.session.execute(
        select(kind.id, kind.files_id, kind.ticket).where(kind.id == number)
    ).one_or_none()
    if row is None or row.files_id is None:
        return None
    return OwnRecord(row.id, kind is InformationTip, row.files_id, row.ticket)
