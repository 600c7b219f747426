"""Who may sit in the team of an audit, and how much each has to do already."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ScalarSelect, Select, func, or_, select

from ombudsman_app.accounts.models import ConflictDeclaration, RoleGrant, User
from ombudsman_app.accounts.queries import GRANT_ZONE
from ombudsman_app.audits.models import Audit, AuditMember
from ombudsman_app.audits.scope import SUBJECT
from ombudsman_app.audits.states import ENDED, Seat
from ombudsman_app.audits.teams import ROLES_OF, seats_for
from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import PORTAL_ROLES, Role
from ombudsman_app.directory.models import Jurisdiction, Region

_ROLES = frozenset[Role]().union(*ROLES_OF.values())


@dataclass(frozen=True)
class Candidate:
    """Somebody who may have one of these seats.

    `open_audits`: those of other offices in whose team this person sits.
    """

    user_id: int
    name: str
    seats: frozenset[Seat]
    open_audits: int


def candidates(audit: Audit) -> Sequence[Candidate]:
    """Return who may have a seat today, by name. 1 statement. The audited office is loaded.

    In a round of the head office people of the representative that looks after the place may go there, too;
    who reviews is always of the handling office. Left out are those who declared an interest in this audit,
    and officers of the office that is audited.
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
        select(User.id, User.name, RoleGrant.role, RoleGrant.office_id, open_audits_of(audit.id))
        .join(RoleGrant, RoleGrant.user_id == User.id)
        .where(
            User.is_active,
            RoleGrant.role.in_(sorted(_ROLES)),
            or_(
                RoleGrant.office_id == audit.representative_office_id,
                RoleGrant.office_id.in_(_looks_after(audit, day)),
            ),
            *holds,
            User.id.not_in(has_conflict),
            User.id.not_in(is_officer),
        )
        .order_by(User.name, User.id)
    )
    found: dict[int, Candidate] = {}
    for user_id, name, role, office_id, number in rows:
        known = found[user_id].seats if user_id in found else frozenset()
        seats = seats_for(role, is_handling=office_id == audit.representative_office_id)
        found[user_id] = Candidate(user_id, name, known | seats, number)
    return list(found.values())


def _looks_after(audit: Audit, day: date) -> Select[int]:
    """Select the representative in whose provinces the audited office lies."""
    return (
        select(Jurisdiction.representative_id)
        .join(Region, Region.id == Jurisdiction.province_id)
        .where(Region.code == audit.office.province_code, Jurisdiction.holds_on(day))
    )


def open_audits_of(but: int) -> ScalarSelect[int]:
    """Select how many open audits a person sits in, without one of them."""
    return (
        select(func.count())
        .select_from(AuditMember)
        .join(Audit, Audit.id == AuditMember.audit_id)
        .where(AuditMember.user_id == User.id, Audit.id != but, Audit.state.not_in(sorted(ENDED)))
        .correlate(User)
        .scalar_subquery()
    )
