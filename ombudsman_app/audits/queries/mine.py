"""The audits in whose teams a person sits, for the start page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func

from ombudsman_app.audits.models import Audit, AuditMember, AuditRound
from ombudsman_app.audits.scope import scope
from ombudsman_app.audits.states import AuditState, Seat
from ombudsman_app.core import limits
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.directory.models import Office

from .board import is_open_plan

_OFFICE = Office.__table__
_OVER = (AuditState.PUBLISHED, AuditState.CANCELLED)
_TURNS: Mapping[Seat, frozenset[AuditState]] = {
    Seat.LEAD: frozenset({AuditState.IN_FIELD}),
    Seat.ASSESSOR: frozenset({AuditState.IN_FIELD}),
    Seat.ADJUDICATOR: frozenset({AuditState.IN_FIELD}),
    Seat.REVIEWER: frozenset({AuditState.SUBMITTED, AuditState.DRAFT_SENT}),
}


@dataclass(frozen=True)
class OwnAudit:
    """An audit that is not over, and what one does in it."""

    id: int
    reference: str
    state: AuditState
    office: str
    round_title: str
    first: date
    last: date
    seat: Seat

    @property
    def is_turn(self) -> bool:
        """Whether this stage is the work of this seat."""
        return self.state in _TURNS[self.seat]

    @property
    def has_days(self) -> bool:
        """Whether the days of the visit are fixed."""
        return not is_open_plan(self.first, self.last)


def own_audits(actor: Actor) -> Sequence[OwnAudit]:
    """Return what one has a seat in and is not over: one's own turn first, then by day. 1 statement."""
    rows = db.session.execute(
        scope(actor)
        .audits()
        .where(Audit.state.not_in(_OVER))
        .with_only_columns(
            Audit.id,
            func.coalesce(Audit.reference, ""),
            Audit.state,
            _OFFICE.c.short_name,
            AuditRound.title,
            Audit.planned_from,
            Audit.planned_until,
            AuditMember.seat,
        )
        .join(_OFFICE, _OFFICE.c.id == Audit.office_id)
        .join(AuditRound, AuditRound.id == Audit.round_id)
        .join(AuditMember, (AuditMember.audit_id == Audit.id) & (AuditMember.user_id == actor.user_id))
        .order_by(Audit.planned_from, Audit.id)
        .limit(limits.PAGE_ROWS)
    )
    return sorted((OwnAudit(*row) for row in rows), key=lambda one: not one.is_turn)
