"""Papers of one record: for its page in the office, and for whoever it is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.models import LIVING, Job
from ombudsman_app.documents.kinds import kinds
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.states import OUT, DocumentState

from .page import making_job

About = tuple[str, int]


def letters_of(folder: UUID | None) -> Sequence[Document]:
    """Return the papers of a record, oldest first, with the ways they took. ≤ 2 statements."""
    if folder is None:
        return []
    found = (
        select(Document)
        .where(Document.folder == folder, Document.state != DocumentState.DISCARDED)
        .order_by(Document.id)
        .options(selectinload(Document.deliveries))
    )
    return db.session.scalars(found).all()


def letter_of(folder: UUID, uuid: UUID) -> Document | None:
    """Return one paper that is out and meant for the reporter, with its ways. 2 statements."""
    return db.session.scalar(
        select(Document)
        .where(
            Document.folder == folder,
            Document.uuid == uuid,
            Document.state.in_(OUT),
            Document.kind.in_(_meant_for_reporter()),
        )
        .options(selectinload(Document.deliveries), joinedload(Document.office))
    )


def _meant_for_reporter() -> list[str]:
    return [kind.name for kind in kinds() if kind.is_for_reporter]


@dataclass(frozen=True)
class Receipt:
    """A receipt that was asked for, and the job that makes it as long as it is not there."""

    document: Document
    job: Job | None

    @property
    def job_has_failed(self) -> bool:
        return not self.document.is_out and (self.job is None or self.job.state not in LIVING)


def receipt_of(folder: UUID, kind: str, about: About | None = None) -> Receipt | None:
    """Return the receipt of a record, or of one piece of it. ≤ 2 statements."""
    found = db.session.scalar(receipts(folder, kind, about).limit(1))
    if found is None:
        return None
    return Receipt(found, making_job(found))


def receipts(folder: UUID, kind: str, about: About | None = None) -> Select[Document]:
    """Select the receipts of a kind; `about`: the name and id by which their answers name a piece."""
    found = select(Document).where(Document.folder == folder, Document.kind == kind)
    return found.where(Document.answers[about[0]].as_integer() == about[1]) if about else found
