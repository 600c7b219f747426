"""The register of papers of one's offices, by keyset: the newest first."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ombudsman_app.core import limits
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.policies import READERS
from ombudsman_app.documents.scope import scope
from ombudsman_app.documents.states import DocumentState
from ombudsman_app.web.paging import Page, page_back, page_on

_S = DocumentState
REGISTER_VIEWS: dict[str, frozenset[DocumentState]] = {
    "waiting": frozenset({_S.DRAFT, _S.APPROVED, _S.BEING_MADE}),
    "ready": frozenset({_S.APPROVED}),
    "issued": frozenset({_S.ISSUED}),
    "ended": frozenset({_S.SUPERSEDED, _S.REVOKED}),
}


@dataclass(frozen=True)
class RegisterFilter:
    """What the address asks for, already checked."""

    view: str = "waiting"
    kind: str = ""
    after: int | None = None
    before: int | None = None


@dataclass(frozen=True)
class RegisterRow:
    """One line of the register."""

    id: int
    kind: str
    state: DocumentState
    number: str
    subject: str
    issued_on: date | None
    drafted_at: datetime
    left_because: str


def register_page(
    actor: Actor, chosen: RegisterFilter, *, limit: int = limits.PAGE_ROWS
) -> Page[RegisterRow]:
    """Return one page of the register. 1 statement, whatever the data."""
    offices = sorted(actor.offices_as(*READERS))
    seen = (
        scope(actor)
        .documents()
        .where(
            Document.representative_office_id.in_(offices),
            Document.state.in_(REGISTER_VIEWS[chosen.view]),
            *([Document.kind == chosen.kind] if chosen.kind else []),
        )
    )
    order: Any = Document.id.desc()
    if chosen.before is not None:
        seen, order = seen.where(Document.id > chosen.before), Document.id
    elif chosen.after is not None:
        seen = seen.where(Document.id < chosen.after)
    columns = (
        Document.id, Document.kind, Document.state, Document.number, Document.subject, Document.issued_on,
        Document.drafted_at, Document.left_because,
    )  # fmt: skip
    rows = [
        RegisterRow(
            id=row.id,
            kind=row.kind,
            state=row.state,
            number=row.number or "",
            subject=row.subject,
            issued_on=row.issued_on,
            drafted_at=row.drafted_at,
            left_because=row.left_because,
        )
        for row in db.session.execute(seen.with_only_columns(*columns).order_by(order).limit(limit + 1))
    ]
    if chosen.before is not None:
        return page_back(rows, limit, _key_of)
    return page_on(rows, limit, _key_of, is_first=chosen.after is None)


def _key_of(row: RegisterRow) -> str:
    return str(row.id)
