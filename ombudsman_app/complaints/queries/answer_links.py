"""Links by which an office without account answers one letter: what one opens, and which there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import joinedload

from ombudsman_app.complaints.models import AnswerLink, Complaint
from ombudsman_app.complaints.states import REQUESTS
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.sealing import hmac_hex
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.states import DocumentState

from .asked import AskedRequest, asked_by
from .case import visible_case


@dataclass(frozen=True)
class OpenLink:
    """What a token leads to. `holds`: it opens something still."""

    id: int
    request_id: int
    used_at: datetime | None
    openings: int
    opened_by: str
    opened_as: str
    holds: bool


def link_hash(token: str) -> str:
    """Return what stands for a token in the table."""
    return hmac_hex(token, purpose="answer-link")


def code_hash(hashed: str, code: str) -> str:
    """Return what stands for the code of a link in the table."""
    return hmac_hex(f"{hashed}.{code}", purpose="answer-link-code")


def link_holds() -> ColumnElement[bool]:
    """Say in SQL whether a link opens something: joined with its letter and the case of that."""
    return and_(
        AnswerLink.used_at.is_(None),
        AnswerLink.revoked_at.is_(None),
        AnswerLink.expires_at > now(),
        Document.state == DocumentState.ISSUED,
        Complaint.is_open,
    )


def open_link(hashed: str) -> OpenLink | None:
    """Return what a token leads to, dead or alive; None for a token of nobody. 1 statement."""
    row = db.session.execute(
        select(
            AnswerLink.id,
            AnswerLink.request_id,
            AnswerLink.used_at,
            AnswerLink.openings,
            AnswerLink.opened_by,
            AnswerLink.opened_as,
            link_holds().label("holds"),
        )
        .join(Document, Document.id == AnswerLink.request_id)
        .join(Complaint, Complaint.files_id == Document.folder)
        .where(AnswerLink.token_hash == hashed)
    ).one_or_none()
    return OpenLink(*row) if row else None


def linked_request(link: OpenLink) -> AskedRequest | None:
    """Return the one letter that a link is for, as the office sees it. 1 statement."""
    seen = select(Document).join(Complaint, Complaint.files_id == Document.folder)
    return asked_by(seen, link.request_id)


def folder_of_link(link_id: int, opening: int) -> UUID | None:
    """Return where the files of a link that holds lie, for its latest opening. 1 statement."""
    found = (
        select(AnswerLink.files_id)
        .join(Document, Document.id == AnswerLink.request_id)
        .join(Complaint, Complaint.files_id == Document.folder)
        .where(
            AnswerLink.id == link_id, AnswerLink.openings == opening, AnswerLink.openings > 0, link_holds()
        )
    )
    return db.session.scalar(found)


def links_of(case: Complaint) -> Sequence[AnswerLink]:
    """Return the links of a case, the newest first, with letter and maker. 1 statement."""
    found = (
        select(AnswerLink)
        .join(Document, Document.id == AnswerLink.request_id)
        .where(Document.folder == case.files_id)
        .order_by(AnswerLink.id.desc())
        .options(joinedload(AnswerLink.request), joinedload(AnswerLink.made_by))
    )
    return db.session.scalars(found).all()


def linkable_letters(case: Complaint) -> Sequence[Document]:
    """Return the letters of a case that a link can be made for, the newest first. 1 statement."""
    if not case.is_open:
        return []
    found = select(Document).where(
        Document.folder == case.files_id,
        Document.kind.in_(REQUESTS),
        Document.state == DocumentState.ISSUED,
    )
    return db.session.scalars(found.order_by(Document.id.desc())).all()


@dataclass(frozen=True)
class LinkOfCase:
    """A link of a visible case; policies look at the case."""

    complaint: Complaint
    link: AnswerLink

    @property
    def representative_office_id(self) -> int:
        return self.complaint.representative_office_id

    @property
    def officer_id(self) -> int | None:
        return self.complaint.officer_id

    @property
    def has_officer_declared(self) -> bool:
        return self.complaint.has_officer_declared


def visible_link(actor: Actor, complaint_id: int, link_id: int) -> LinkOfCase | None:
    """Return a link by the address of its page. 3 statements."""
    case = visible_case(actor, complaint_id)
    if case is None:
        return None
    found = (
        select(AnswerLink)
        .join(Document, Document.id == AnswerLink.request_id)
        .where(AnswerLink.id == link_id, Document.folder == case.files_id)
    )
    link = db.session.scalar(found)
    return LinkOfCase(case, link) if link else None
