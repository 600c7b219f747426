"""Letters as officers write them. Call inside an application context."""

import hashlib
from datetime import date
from uuid import uuid4

from sqlalchemy import insert, select, update

from ombudsman_app.complaints.commands import folder_of
from ombudsman_app.complaints.models import Complaint
from ombudsman_app.complaints.states import ComplaintState
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.sealing import new_record_key
from ombudsman_app.documents.archive import place_of, put_away
from ombudsman_app.documents.commands import issue_at_once, write_draft
from ombudsman_app.documents.models import Delivery, Document
from ombudsman_app.documents.states import Channel, DocumentState

from .complaints import many_complaints

WORDS = "Mohon kirim salinan KTP yang masih berlaku.\n\nFoto dari ponsel boleh."
PAGES = b"%PDF-1.7 halaman"


def LetterFactory(
    case: Complaint, actor: Actor, kind: str = "completion_request", **answers: object
) -> Document:
    """A draft by this person; unless told otherwise it asks for a copy of the identity."""
    given = answers or {"items": ["F6"], "words": WORDS}
    return write_draft(kind, folder_of(case), subject=f"Perihal {case.ticket}", answers=given, actor=actor)


def ReceiptFactory(case: Complaint) -> Document:
    """The receipt of a complaint, with bytes as if they had been drawn and signed."""
    receipt = issue_at_once("receipt", folder_of(case), subject=f"Tanda terima {case.ticket}")
    return drawn(receipt)


@command
def drawn(document: Document) -> Document:
    """Give a paper that has its number some bytes, as the job would."""
    key, wrapped = new_record_key(place=place_of(document.uuid))
    content = PAGES + document.uuid.bytes
    document.stored_name, document.wrapped_key = put_away(content, key, uuid=document.uuid), wrapped
    document.sha256, document.size_bytes = hashlib.sha256(content).hexdigest(), len(content)
    document.pages, document.sealed_at, document.state = 1, now(), DocumentState.ISSUED
    return document


@command
def wanted_back(document: Document, actor: Actor) -> Document:
    """Somebody asked to take a paper back; another person decides."""
    document.revocation_asked_by_id, document.revocation_reason = actor.user_id, "Alamat kantor salah."
    return document


@command
def by_hand(document: Document, actor: Actor) -> int:
    """Note that a paper went out by hand; return the id of that way."""
    way = {"document_id": document.id, "addressee": "reporter", "channel": Channel.BY_HAND}
    made: int = db.session.scalars(
        insert(Delivery).values(**way, sent_at=now(), sent_by_id=actor.user_id).returning(Delivery.id)
    ).one()
    return made


@command
def ready_letters(number: int, actor: Actor) -> list[int]:
    """Approved requests to complete, of as many cases in Mamuju, in one go; returns ids, oldest first."""
    folders = [uuid4() for _ in range(number)]
    cases = many_complaints(number, due_on=date(2026, 12, 4), state=ComplaintState.FORMAL_VERIFICATION)
    for case, folder in zip(cases, folders, strict=True):
        db.session.execute(update(Complaint).where(Complaint.id == case).values(files_id=folder))
    office = db.session.scalars(
        select(Complaint.representative_office_id).where(Complaint.id == cases[0])
    ).one()
    rows = [
        {
            "kind": "completion_request",
            "folder": folder,
            "representative_office_id": office,
            "state": DocumentState.APPROVED,
            "subject": "Permintaan kelengkapan",
            "answers": {"items": ["F6"], "words": WORDS},
            "drafted_by_id": None,
            "drafted_at": now(),
            "approved_by_id": actor.user_id,
            "approved_at": now(),
        }
        for folder in folders
    ]
    db.session.execute(insert(Document), rows)
    return list(
        db.session.scalars(select(Document.id).where(Document.folder.in_(folders)).order_by(Document.id))
    )
