"""The folder of the papers of an audit: what it is called on them, who sees it, and who may do what there."""

from uuid import UUID

from sqlalchemy import Select, select

from ombudsman_app.accounts.queries import ids_with_roles
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor, Policy, Role
from ombudsman_app.documents.kinds import Matter

from .models import Audit
from .policies import LEAD_ROUND
from .scope import SUBJECT, scope


def matter(folder: UUID) -> Matter | None:
    """Return the audit of a folder of papers, as papers name it. 1 statement."""
    found = db.session.scalar(select(Audit).where(Audit.papers_id == folder))
    if found is None:
        return None
    label = found.reference or f"#{found.id}"
    return Matter(folder, found.representative_office_id, label, "staff.audits.audit", {"audit_id": found.id})


def visible(actor: Actor) -> Select[UUID]:
    """Select the folders of papers of the audits that this person sees."""
    seen: Select[UUID] = scope(actor).audits().with_only_columns(Audit.papers_id)
    return seen


def audit_of(actor: Actor, folder: UUID) -> Audit | None:
    """Return the audit of a folder if this person sees it. 1 statement."""
    return db.session.scalar(scope(actor).audits().where(Audit.papers_id == folder))


def allows(right: Policy, actor: Actor, folder: UUID) -> bool:
    """Whether this person sees the audit of a folder and has this right there. 1 statement."""
    found = audit_of(actor, folder)
    return found is not None and right.allows(actor, found)


def leads(actor: Actor, folder: UUID) -> bool:
    """Whether this person is the head where the audit is handled."""
    return allows(LEAD_ROUND, actor, folder)


def heads(folder: UUID) -> list[int]:
    """Return who may approve: the heads of the office who declared no interest. 2 statements."""
    found = db.session.scalar(select(Audit).where(Audit.papers_id == folder))
    if found is None:
        return []
    roles, subject = {Role.HEAD_OF_REPRESENTATIVE}, (SUBJECT, found.id)
    return ids_with_roles(roles, found.representative_office_id, without_conflict=subject)
