"""Which audits a person can see: closed unless a line opens it (AZ3)."""

from sqlalchemy import Select, false, or_, select
from sqlalchemy.orm import aliased

from ombudsman_app.accounts.scope import closed_by_conflict
from ombudsman_app.core.policy import PORTAL_ROLES, Actor, Role

from .models import (
    Audit,
    AuditMember,
    AuditRound,
    AuditSheet,
    InstrumentVersion,
    SheetAnswer,
    SheetEvidence,
    SheetSample,
)
from .states import SHOWN_TO_OFFICE, Seat, SheetKind

READERS = frozenset(
    {
        Role.AUDITOR,
        Role.REVIEWER,
        Role.ANALYST,
        Role.PREVENTION_ASSISTANT,
        Role.HEAD_OF_ASSISTANTS,
        Role.HEAD_OF_REPRESENTATIVE,
        Role.OMBUDSMAN_MEMBER,
        Role.CHAIR,
    }
)
SUBJECT = "audit"  # in declarations of interest and in the inbox


class Scope:
    """The rows one actor may see."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    @property
    def offices(self) -> list[int]:
        """The offices of the Ombudsman where this person works with audits."""
        return sorted(self.actor.offices_as(*READERS))

    @property
    def own_offices(self) -> list[int]:
        """The offices under watch for which this person answers."""
        return sorted(self.actor.offices_as(*PORTAL_ROLES))

    @property
    def sees_instruments(self) -> bool:
        """Whoever works with audits, and administrators, who add schemes."""
        return bool(self.actor.offices_as(*READERS, Role.ADMINISTRATOR))

    def versions(self) -> Select[InstrumentVersion]:
        """Instruments belong to the whole house: whoever works with audits sees all of them."""
        return (
            select(InstrumentVersion) if self.sees_instruments else select(InstrumentVersion).where(false())
        )

    def rounds(self) -> Select[AuditRound]:
        """Rounds of the own offices, and those in which one sits in a team."""
        if not self.offices:
            return select(AuditRound).where(false())
        seated = select(Audit.round_id).join(AuditMember).where(AuditMember.user_id == self.actor.user_id)
        return select(AuditRound).where(
            or_(AuditRound.representative_office_id.in_(self.offices), AuditRound.id.in_(seated))
        )

    def audits(self) -> Select[Audit]:
        """Audits that these offices handle or in whose team one sits, without those of an own interest."""
        if not self.offices:
            return select(Audit).where(false())
        seated = select(AuditMember.audit_id).where(AuditMember.user_id == self.actor.user_id)
        return select(Audit).where(
            or_(Audit.representative_office_id.in_(self.offices), Audit.id.in_(seated)),
            Audit.id.not_in(closed_by_conflict(self.actor, SUBJECT)),
        )

    def addressed(self) -> Select[Audit]:
        """Audits of the own office from the draft on, and nothing else: no parent sees its branch's."""
        if not self.own_offices:
            return select(Audit).where(false())
        return select(Audit).where(
            Audit.office_id.in_(self.own_offices), Audit.state.in_(sorted(SHOWN_TO_OFFICE))
        )

    def sheets(self) -> Select[AuditSheet]:
        """One's own sheets; those of others once nobody can copy from them any more.

        An assessor sees the other's sheet only when both have submitted; reviewers, heads and the third who
        settles see a sheet when it was submitted. Where assessors are not blind, a team writes one sheet.
        """
        if not self.offices:
            return select(AuditSheet).where(false())
        own = aliased(AuditSheet)
        has_submitted = (
            select(own.id)
            .where(
                own.audit_id == AuditSheet.audit_id,
                own.kind == SheetKind.ASSESSOR,
                own.assessor_id == self.actor.user_id,
                own.submitted_at.is_not(None),
            )
            .exists()
        )
        assesses = (
            select(AuditMember.id)
            .where(
                AuditMember.audit_id == AuditSheet.audit_id,
                AuditMember.user_id == self.actor.user_id,
                AuditMember.seat.in_((Seat.LEAD, Seat.ASSESSOR)),
            )
            .exists()
        )
        may_copy = assesses & ~has_submitted  # also who has not begun yet
        shared = (
            select(Audit.id)
            .join(AuditRound, AuditRound.id == Audit.round_id)
            .join(AuditMember, AuditMember.audit_id == Audit.id)
            .where(
                ~AuditRound.is_blind,
                AuditMember.user_id == self.actor.user_id,
                AuditMember.seat.in_((Seat.LEAD, Seat.ASSESSOR)),
            )
        )
        seen_audits = self.audits().with_only_columns(Audit.id)
        return select(AuditSheet).where(
            AuditSheet.audit_id.in_(seen_audits),
            or_(
                AuditSheet.assessor_id == self.actor.user_id,
                AuditSheet.audit_id.in_(shared),
                AuditSheet.submitted_at.is_not(None) & ~may_copy,
            ),
        )

    def answers(self) -> Select[SheetAnswer]:
        """The places for an answer on the sheets that one sees."""
        seen = self.sheets().with_only_columns(AuditSheet.id)
        return select(SheetAnswer).where(SheetAnswer.sheet_id.in_(seen))

    def evidence(self) -> Select[SheetEvidence]:
        """The items of evidence on them, also those that were taken back."""
        seen = self.sheets().with_only_columns(AuditSheet.id)
        return select(SheetEvidence).where(SheetEvidence.sheet_id.in_(seen))

    def samples(self) -> Select[SheetSample]:
        """What was looked at one by one for them."""
        seen = self.sheets().with_only_columns(AuditSheet.id)
        return select(SheetSample).where(SheetSample.sheet_id.in_(seen))


def scope(actor: Actor) -> Scope:
    """Open the view of one actor."""
    return Scope(actor)
