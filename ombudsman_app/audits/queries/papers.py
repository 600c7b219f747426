"""The papers of a result, and the sheets that one asked for."""

import json
from collections.abc import Mapping, Set
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from ombudsman_app.audits.models import Audit, AuditCorrection
from ombudsman_app.audits.states import CorrectionState
from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.models import Job
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.produced.keeping import produced_by
from ombudsman_app.core.produced.models import ProducedFile
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.queries.orders import own_job
from ombudsman_app.documents.states import DocumentState

from .page import visible_audit
from .published import published_audit

SHEET = "audits.sheet"  # the job that writes a result into a sheet
REPORT, SCORECARD, CERTIFICATE = "audit_report", "audit_scorecard", "audit_certificate"
RESULT_PAPERS = (REPORT, SCORECARD, CERTIFICATE)
PUBLIC_WORDS = {"rapor": SCORECARD, "laporan": REPORT, "sertifikat": CERTIFICATE}  # in addresses
PUBLIC_WORD_OF = {kind: word for word, kind in PUBLIC_WORDS.items()}
_GONE = (DocumentState.DISCARDED, DocumentState.REVOKED, DocumentState.SUPERSEDED)


@dataclass(frozen=True)
class SheetOrder:
    """A sheet that one asked for: its job, its audit, and the file once it is there."""

    job: Job
    audit: Audit
    file: ProducedFile | None


def result_papers(audit: Audit) -> Mapping[str, Document]:
    """Return the papers of a result that count, drafts too, by kind. 1 statement."""
    found = db.session.scalars(
        select(Document)
        .where(
            Document.folder == audit.papers_id,
            Document.kind.in_(RESULT_PAPERS),
            Document.state.not_in(_GONE),
        )
        .order_by(Document.id)
    )
    return {document.kind: document for document in found}


def to_be_replaced(audit: Audit, held: Mapping[str, Document]) -> Set[str]:
    """Return the kinds of papers that are out and tell a result from before a correction. 1 statement."""
    released = select(func.count()).where(
        AuditCorrection.audit_id == audit.id, AuditCorrection.state == CorrectionState.RELEASED
    )
    edition = (db.session.scalar(released) or 0) + 1
    out = {kind: paper for kind, paper in held.items() if paper.state is DocumentState.ISSUED}
    return {kind for kind, paper in out.items() if edition_of(paper) < edition}


def edition_of(document: Document) -> int:
    """Return which edition of a result a paper tells; those from before there were editions are the first."""
    return int((document.content or {}).get("letter", {}).get("edition", 1))


@dataclass(frozen=True)
class PublicPaper:
    """A paper of a published result that everybody may fetch."""

    audit: Audit
    document: Document


def public_papers(audit: Audit) -> list[Document]:
    """Return the papers of a published result that are out, in the order of their kinds. 1 statement.

    The next edition that is still written hides no earlier one.
    """
    rows = db.session.scalars(
        select(Document)
        .where(
            Document.folder == audit.papers_id,
            Document.kind.in_(RESULT_PAPERS),
            Document.state == DocumentState.ISSUED,
        )
        .order_by(Document.id)
    )
    held = {row.kind: row for row in rows}
    return [held[kind] for kind in PUBLIC_WORDS.values() if kind in held]


def public_paper(office_slug: str, round_slug: str, word: str) -> PublicPaper | None:
    """Return one of them by the address that everybody has. 2 statements."""
    audit = published_audit(office_slug, round_slug) if word in PUBLIC_WORDS else None
    if audit is None:
        return None
    found = (one for one in public_papers(audit) if one.kind == PUBLIC_WORDS[word])
    return next((PublicPaper(audit, one) for one in found), None)


def own_sheet(actor: Actor, uuid: UUID) -> SheetOrder | None:
    """Return a sheet that one asked for, if one may still see the audit (AZ9). 3 statements."""
    job = own_job(actor, uuid, SHEET)
    audit = visible_audit(actor, json.loads(job.arguments)["audit"]) if job else None
    if job is None or audit is None:
        return None
    return SheetOrder(job, audit, produced_by(uuid, actor.user_id))
