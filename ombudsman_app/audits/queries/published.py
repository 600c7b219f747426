"""What everybody may read: published audits alone. Nothing here knows who asks."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import aliased, contains_eager, defer, joinedload

from ombudsman_app.audits.models import (
    Audit,
    AuditResponse,
    AuditRound,
    AuditScore,
    InstrumentVersion,
    ProposedFinding,
    StudyPlace,
)
from ombudsman_app.audits.scoring.scheme import Scheme, read_scheme
from ombudsman_app.audits.states import AuditState, ScoreStage
from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.directory.models import Office
from ombudsman_app.directory.names import is_slug
from ombudsman_app.findings.models import Finding
from ombudsman_app.findings.states import FindingState

from .corrections import Before, before_corrections
from .score_page import ScorePage, score_page

LAST_ZONE = "Asia/Jakarta"  # where a day of Indonesia ends last: until then everything of that day holds
_MOST_ROUNDS = 12  # of one office in its trend


def is_public() -> ColumnElement[bool]:
    """The one condition of this face: published, and nothing before it."""
    return Audit.state == AuditState.PUBLISHED


def holds(day: date | None = None) -> ColumnElement[bool]:
    """A place to learn from, as long as it holds: it ends by itself after its last day."""
    day = day or today(LAST_ZONE)
    return and_(StudyPlace.until >= day, StudyPlace.ended_on.is_(None))


@dataclass(frozen=True)
class OfficeResult:
    """The newest published result of an office, for its own page."""

    audit: Audit
    page: ScorePage
    place: StudyPlace | None


def office_result(office_id: int) -> OfficeResult | None:
    """Return the newest published result of an office; None where there is none. 1 statement."""
    row = db.session.execute(
        select(Audit, AuditScore, StudyPlace)
        .join(Audit.round)
        .join(AuditScore, AuditScore.id == _final_score())
        .join(Audit.office)
        .outerjoin(StudyPlace, and_(StudyPlace.office_id == Audit.office_id, holds()))
        .where(Audit.office_id == office_id, is_public())
        .order_by(AuditRound.period_until.desc(), Audit.id.desc(), StudyPlace.id.desc())
        .limit(1)
        .options(contains_eager(Audit.round), contains_eager(Audit.office))
    ).first()
    return None if row is None else OfficeResult(row[0], score_page(row[1]), row[2])


def _final_score() -> Any:
    """Select the newest final score of an audit: a corrected one stands before the one it corrects."""
    inner = aliased(AuditScore)
    return (
        select(func.max(inner.id))
        .where(inner.audit_id == Audit.id, inner.stage == ScoreStage.FINAL)
        .correlate(Audit)
        .scalar_subquery()
    )


@dataclass(frozen=True)
class FollowedFinding:
    """A finding that came out of an audit and was sent: its number and where it stands, no word of it."""

    indicator: str
    severity: str
    reference: str
    state: FindingState
    sent_on: date | None
    done_on: date | None


@dataclass(frozen=True)
class RoundOfOffice:
    """One published round of an office. Two of one regime can be compared, others cannot."""

    audit: Audit
    scheme: Scheme

    @property
    def regime(self) -> tuple[int, int]:
        return self.audit.scheme_id, self.audit.instrument_version_id


@dataclass(frozen=True)
class PublishedPage:
    """One published audit with all that its page tells."""

    audit: Audit
    page: ScorePage
    responses: dict[str, AuditResponse]  # by indicator; the latest counts
    findings: list[FollowedFinding]
    rounds: list[RoundOfOffice]  # oldest first, this one among them
    before: list[Before]  # newest first; empty: never corrected
    place: StudyPlace | None


def published_audit(office_slug: str, round_slug: str) -> Audit | None:
    """Return a published audit by the address of its page. 1 statement."""
    if not (is_slug(office_slug) and is_slug(round_slug)):
        return None  # an address that nothing can have: a NUL would make PostgreSQL stumble
    return db.session.scalar(
        select(Audit)
        .join(Audit.round)
        .join(Audit.office)
        .where(Office.slug == office_slug, AuditRound.slug == round_slug, is_public())
        .options(
            contains_eager(Audit.round),
            contains_eager(Audit.office).joinedload(Office.region),
            joinedload(Audit.representative_office, innerjoin=True),
            joinedload(Audit.instrument_version, innerjoin=True)
            .defer(InstrumentVersion.content)
            .joinedload(InstrumentVersion.instrument, innerjoin=True),
        )
    )


def published_score(audit: Audit) -> tuple[AuditScore, list[Before]]:
    """Return the score that holds, and those it corrected. 2 statements."""
    score = db.session.scalars(
        select(AuditScore)
        .where(AuditScore.audit_id == audit.id, AuditScore.stage == ScoreStage.FINAL)
        .order_by(AuditScore.id.desc())
        .limit(1)
    ).one()
    return score, before_corrections(audit.id)


def published_page(audit: Audit) -> PublishedPage:
    """Return everything that the page of a published audit tells. 6 statements."""
    score, before = published_score(audit)
    return PublishedPage(
        audit=audit,
        page=score_page(score),
        responses=latest_responses(audit.id),
        findings=_findings(audit.id),
        rounds=_rounds(audit.office_id),
        before=before,
        place=db.session.scalar(
            select(StudyPlace).where(StudyPlace.office_id == audit.office_id, holds()).limit(1)
        ),
    )


def latest_responses(audit_id: int) -> dict[str, AuditResponse]:
    """Return what the office said last to each indicator; who of it said so is not loaded. 1 statement."""
    said = db.session.scalars(
        select(AuditResponse).where(AuditResponse.audit_id == audit_id).order_by(AuditResponse.id)
    )
    return {one.indicator: one for one in said}


def _findings(audit_id: int) -> list[FollowedFinding]:
    """Only what was sent: a draft, or one that a person dropped, is nobody's to know."""
    rows = db.session.execute(
        select(
            ProposedFinding.indicator,
            ProposedFinding.severity,
            Finding.reference,
            Finding.state,
            Finding.sent_on,
            Finding.done_on,
        )
        .join(ProposedFinding.finding)
        .where(ProposedFinding.audit_id == audit_id, Finding.state != FindingState.DRAFT)
        .order_by(Finding.sent_on, Finding.id)
    )
    return [
        FollowedFinding(row.indicator, row.severity, row.reference or "", row.state, row.sent_on, row.done_on)
        for row in rows
    ]


def _rounds(office_id: int) -> list[RoundOfOffice]:
    found = db.session.scalars(
        select(Audit)
        .join(Audit.round)
        .where(Audit.office_id == office_id, is_public())
        .order_by(AuditRound.period_until.desc(), Audit.id.desc())
        .limit(_MOST_ROUNDS)
        .options(
            contains_eager(Audit.round),
            joinedload(Audit.scheme, innerjoin=True),
            joinedload(Audit.instrument_version, innerjoin=True).options(
                defer(InstrumentVersion.content),
                joinedload(InstrumentVersion.instrument, innerjoin=True),
            ),
        )
    ).all()
    return [RoundOfOffice(one, read_scheme(one.scheme.content)) for one in reversed(found)]


def study_places() -> list[StudyPlace]:
    """Return where others can learn today, what ends last first. 1 statement.

    The result stands beside each as a link: `audit` is joined, published audits alone.
    """
    found: Select[*tuple[Any, ...]] = (
        select(StudyPlace)
        .join(StudyPlace.office)
        .join(StudyPlace.audit)
        .join(Audit.round)
        .where(holds(), is_public())
        .order_by(StudyPlace.until.desc(), StudyPlace.id)
        .options(
            contains_eager(StudyPlace.office).joinedload(Office.region),
            contains_eager(StudyPlace.audit).contains_eager(Audit.round),
        )
    )
    return list(db.session.scalars(found))
