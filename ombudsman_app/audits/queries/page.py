"""One audit as its page shows it."""

from sqlalchemy import Select
from sqlalchemy.orm import joinedload

from ombudsman_app.audits.models import Audit, AuditMember
from ombudsman_app.audits.scope import scope
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor


def visible_audit(actor: Actor, audit_id: int) -> Audit | None:
    """Return an audit that this person of the staff may see, with round, offices, team. 1 statement."""
    return _one(scope(actor).audits(), audit_id)


def addressed_audit(actor: Actor, audit_id: int) -> Audit | None:
    """Return an audit of the own office from the draft on. 1 statement.

    The team is not loaded: who assessed is no business of the portal.
    """
    found = scope(actor).addressed().where(Audit.id == audit_id).options(*_PLACE)
    return db.session.scalars(found).unique().one_or_none()


_PLACE = (
    joinedload(Audit.round, innerjoin=True),
    joinedload(Audit.office, innerjoin=True),
    joinedload(Audit.representative_office, innerjoin=True),
    joinedload(Audit.scheme, innerjoin=True),
    joinedload(Audit.clock),
)


def _one(seen: Select[Audit], audit_id: int) -> Audit | None:
    found = seen.where(Audit.id == audit_id).options(
        *_PLACE, joinedload(Audit.members).joinedload(AuditMember.user)
    )
    return db.session.scalars(found).unique().one_or_none()
