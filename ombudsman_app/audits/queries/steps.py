"""What happened to an audit, and what its team has declared."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, func, select
from sqlalchemy.orm import joinedload

from ombudsman_app.accounts.models import ConflictDeclaration
from ombudsman_app.audits.models import Audit, AuditStep
from ombudsman_app.audits.scope import SUBJECT, scope
from ombudsman_app.audits.teams import ASSIGNMENT
from ombudsman_app.core import limits
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.states import DocumentState


def steps_of(audit: Audit) -> Sequence[AuditStep]:
    """Return what happened, oldest first. 1 statement."""
    found = select(AuditStep).where(AuditStep.audit_id == audit.id).options(joinedload(AuditStep.by))
    return db.session.scalars(found.order_by(AuditStep.id).limit(limits.HISTORY_LINES)).all()


@dataclass(frozen=True)
class PlanState:
    """What stands between a plan and its start. `letter`: the newest letter of assignment that holds."""

    letter: Document | None
    has_declared: bool


def plan_state(actor: Actor, audit: Audit) -> PlanState:
    """Return how far the plan is. 1 statement."""
    declared = exists().where(
        ConflictDeclaration.user_id == actor.user_id,
        ConflictDeclaration.subject_type == SUBJECT,
        ConflictDeclaration.subject_id == audit.id,
    )
    gone = (DocumentState.DISCARDED, DocumentState.REVOKED, DocumentState.SUPERSEDED)
    newest = select(func.max(Document.id)).where(
        Document.folder == audit.papers_id, Document.kind == ASSIGNMENT, Document.state.not_in(gone)
    )
    asked = select(declared.label("declared"), newest.scalar_subquery().label("newest")).subquery()
    row = db.session.execute(
        select(asked.c.declared, Document).outerjoin(Document, Document.id == asked.c.newest)
    ).one()
    return PlanState(row[1], bool(row[0]))


@dataclass(frozen=True)
class AssignmentOfAudit:
    """A letter of assignment and the audit that it sends people to."""

    audit: Audit
    document: Document

    @property
    def representative_office_id(self) -> int:
        return self.audit.representative_office_id


def visible_assignment(actor: Actor, document_id: int) -> AssignmentOfAudit | None:
    """Return a letter of assignment of an audit that this person sees, with its office. 1 statement."""
    row = db.session.execute(
        scope(actor)
        .audits()
        .join(Document, Document.folder == Audit.papers_id)
        .where(Document.id == document_id, Document.kind == ASSIGNMENT)
        .add_columns(Document)
        .options(
            joinedload(Audit.office, innerjoin=True),
            joinedload(Document.office, innerjoin=True),
        )
    ).one_or_none()
    return AssignmentOfAudit(*row) if row else None
