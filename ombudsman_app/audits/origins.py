"""How a finding of the register leads back to the audit that it comes from, and who does not judge it."""

from collections.abc import Collection

from sqlalchemy import select, union

from ombudsman_app.core.db import db
from ombudsman_app.findings.origins import OriginPage

from .models import AuditMember, ProposedFinding
from .states import Seat


def origin_page(finding_id: int) -> OriginPage | None:
    """Return the page on which it can be read how a finding came to be. 1 statement."""
    found = db.session.scalar(
        select(ProposedFinding.audit_id).where(ProposedFinding.finding_id == finding_id)
    )
    return OriginPage("staff.audits.proposals", {"audit_id": found}) if found else None


def authors(finding_id: int) -> Collection[int]:
    """Return who confirmed it and who assessed: they do not judge what the office answers. 1 statement."""
    of = select(ProposedFinding.audit_id).where(ProposedFinding.finding_id == finding_id)
    confirmed = select(ProposedFinding.decided_by_id).where(ProposedFinding.finding_id == finding_id)
    assessed = select(AuditMember.user_id).where(
        AuditMember.audit_id.in_(of), AuditMember.seat != Seat.REVIEWER
    )
    return {one for one in db.session.scalars(union(confirmed, assessed)) if one is not None}
