"""Corrections of published results: what everybody reads of them, and what waits for a release."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ombudsman_app.audits.models import Audit, AuditCorrection, AuditScore
from ombudsman_app.audits.states import AuditState, CorrectionState, ScoreStage
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor

from .page import visible_audit
from .score_page import IndicatorLine, ScorePage, score_page


def corrections_of(audit_id: int) -> Sequence[AuditCorrection]:
    """Return what was asked, oldest first, with people and the score that is wrong. 1 statement."""
    found = (
        select(AuditCorrection)
        .where(AuditCorrection.audit_id == audit_id)
        .order_by(AuditCorrection.id)
        .options(
            joinedload(AuditCorrection.asked_by, innerjoin=True),
            joinedload(AuditCorrection.decided_by),
            joinedload(AuditCorrection.corrected, innerjoin=True),
        )
    )
    return db.session.scalars(found).all()


def released_corrections(audit_id: int) -> Sequence[AuditCorrection]:
    """Return what was corrected, newest first, with the score before; no name of who did it. 1 statement."""
    found = (
        select(AuditCorrection)
        .where(AuditCorrection.audit_id == audit_id, AuditCorrection.state == CorrectionState.RELEASED)
        .order_by(AuditCorrection.id.desc())
        .options(joinedload(AuditCorrection.corrected, innerjoin=True))
    )
    return db.session.scalars(found).all()


@dataclass(frozen=True)
class Before:
    """A public score that was corrected: what it was, when, which answer and why."""

    hundredths: int
    category: str | None
    corrected_on: date | None
    indicator: str
    reason: str

    @property
    def total(self) -> Decimal:
        """The total that was wrong, two decimals."""
        return Decimal(self.hundredths).scaleb(-2)


def before_corrections(audit_id: int) -> list[Before]:
    """Return what was public before, newest first. 1 statement."""
    return [
        Before(one.corrected.hundredths, one.corrected.category, one.corrected_on, one.indicator, one.reason)
        for one in released_corrections(audit_id)
    ]


@dataclass(frozen=True)
class CorrectedIndicator:
    """One indicator of a published result that somebody wants to correct."""

    audit: Audit
    page: ScorePage
    line: IndicatorLine
    is_open: bool  # published, and no other correction waits

    @property
    def representative_office_id(self) -> int:
        return self.audit.representative_office_id


def public_page(audit: Audit) -> ScorePage | None:
    """Return the score that is public; None where none is. 1 statement."""
    if audit.state is not AuditState.PUBLISHED:
        return None
    score = db.session.scalar(
        select(AuditScore)
        .where(AuditScore.audit_id == audit.id, AuditScore.stage == ScoreStage.FINAL)
        .order_by(AuditScore.id.desc())
        .limit(1)
    )
    return score_page(score) if score else None


def corrected_indicator(actor: Actor, audit_id: int, indicator: str) -> CorrectedIndicator | None:
    """Return an indicator of a visible published result. 3 statements."""
    audit = visible_audit(actor, audit_id)
    page = public_page(audit) if audit else None
    line = page.by_id.get(indicator) if page else None
    if audit is None or page is None or line is None:
        return None
    waits = select(AuditCorrection.id).where(
        AuditCorrection.audit_id == audit.id, AuditCorrection.state == CorrectionState.ASKED
    )
    return CorrectedIndicator(audit, page, line, db.session.scalar(waits.limit(1)) is None)
