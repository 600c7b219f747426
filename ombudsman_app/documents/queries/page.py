"""One paper, for the pages of the office."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from ombudsman_app.accounts.models import User
from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.models import Job
from ombudsman_app.core.policy import Actor
from ombudsman_app.documents.kinds import DocumentKind, Matter, document_kind
from ombudsman_app.documents.models import Delivery, Document
from ombudsman_app.documents.scope import scope


@dataclass(frozen=True)
class DocumentPage:
    """Everything its page shows."""

    document: Document
    kind: DocumentKind
    matter: Matter | None
    job: Job | None  # that makes its pages, as long as they are not there
    successor: Document | None
    asked_by: str  # who asks to take it back


@dataclass(frozen=True)
class VisibleDelivery:
    """A way that a paper took, with the paper; policies look at the paper."""

    document: Document
    delivery: Delivery


def visible_document(actor: Actor, document_id: int) -> Document | None:
    """Return a paper that this person may see, with office, people and ways. 2 statements."""
    return db.session.scalar(
        scope(actor)
        .documents()
        .where(Document.id == document_id)
        .options(
            joinedload(Document.office, innerjoin=True),
            joinedload(Document.drafted_by),
            joinedload(Document.approved_by),
            joinedload(Document.issued_by),
            joinedload(Document.supersedes),
            selectinload(Document.deliveries).options(
                joinedload(Delivery.proof_file),
                joinedload(Delivery.sent_by),
                joinedload(Delivery.recorded_by),
            ),
        )
    )


def making_job(document: Document) -> Job | None:
    """Return the job that makes the pages of a paper, as long as they are not there. ≤ 1 statement."""
    if document.job_uuid is None or document.is_out:
        return None
    return db.session.scalar(select(Job).where(Job.uuid == document.job_uuid))


def document_page(document: Document) -> DocumentPage:
    """Return the page of a visible paper. ≤ 4 statements."""
    kind = document_kind(document.kind)
    asked_by = ""
    if document.revocation_asked_by_id is not None:
        asked_by = (
            db.session.scalar(select(User.name).where(User.id == document.revocation_asked_by_id)) or ""
        )
    return DocumentPage(
        document=document,
        kind=kind,
        matter=kind.matter(document.folder),
        job=making_job(document),
        successor=db.session.scalar(select(Document).where(Document.supersedes_id == document.id)),
        asked_by=asked_by,
    )


def visible_delivery(actor: Actor, document_id: int, delivery_id: int) -> VisibleDelivery | None:
    """Return one way of a visible paper. 2 statements."""
    document = visible_document(actor, document_id)
    ways = document.deliveries if document else []
    found = next((one for one in ways if one.id == delivery_id), None)
    return VisibleDelivery(document, found) if document is not None and found is not None else None
