"""Who may sit in the team of an audit, and how much each has to do already."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select

from ombudsman_app.accounts.models import ConflictDeclaration, RoleGrant, User
from ombudsman_app.accounts.queries import GRANT_ZONE
from ombudsman_app.audits.models import Audit, AuditMember
from ombudsman_app.audits.scope import SUBJECT
from ombudsman_app.audits.states import ENDED
from ombudsman_app.audits.teams import ROLES_OF
from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import PORTAL_ROLES, Role

_ROLES = frozenset[Role]().union(*ROLES_OF.values())


@dataclass(frozen=True)
class Candidate:
    """Somebody who may have a seat. `open_audits`: those of other offices in whose team this person sits."""

    user_id: int
    name: str
    roles: frozenset[Role]
    open_audits: int


def candidates(audit: Audit) -> Sequence[Candidate]:
    """Return who holds a role for a seat at the handling office today, by name. 1 statement.

    Left out are those who declared an interest in this audit, and officers of the office that is audited.
    """
    day = today(GRANT_ZONE)
    holds = (
        RoleGrant.revoked_at.is_(None),
        RoleGrant.valid_from <= day,
        or_(RoleGrant.valid_until.is_(None), RoleGrant.valid_until >= day),
    )
    has_conflict = select(ConflictDeclaration.user_id).where(
        ConflictDeclaration.subject_type == SUBJECT,
        ConflictDeclaration.subject_id == audit.id,
        ConflictDeclaration.has_conflict.is_(True),
    )
    is_officer = select(RoleGrant.user_id).where(
        RoleGrant.office_id == audit.office_id, RoleGrant.role.in_(sorted(PORTAL_ROLES)), *holds
    )
    rows = db.session.execute(
        select(User.id, User.name, RoleGrant.role, open_audits_of(audit.id))
        .join(RoleGrant, RoleGrant.user_id == User.id)
        .where(
            User.is_active,
            RoleGrant.role.in_(sorted(_ROLES)),
            RoleGrant.office_id == audit.representative_office_id,
            *holds,
            User.id.not_in(has_conflict),
            User.id.not_in(is_officer),
        )
        .order_by(User.name, User.id)
    )
    found: dict[int, Candidate] = {}
    for user_id, name, role, number in rows:
        known = found.get(user_id)
        roles = (known.roles if known else frozenset()) | {role}
        found[user_id] = Candidate(user_id, name, roles, number)
    return list(found.values())


def open_audits_of(but: int):  # type: ignore[no-untyped-def]  # a subquery of a number
    """Select how many open audits a person sits in, without one of them."""
    return (
        select(func.count())
        .select_from(AuditMember)
        .join(Audit, Audit.id == AuditMember.audit_id)
        .where(AuditMember.user_id == User.id, Audit.id != but, Audit.state.not_in(sorted(ENDED)))
        .correlate(User)
        .scalar_subquery()
    )
