"""Scores, what the branch says to them, what was changed and why, and what follows."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ombudsman_app.accounts.models import User
from ombudsman_app.audits.states import Cause, ProposalState, Ruling, ScoreStage, Stance
from ombudsman_app.core.columns import Kept, Level, about
from ombudsman_app.core.db import Base
from ombudsman_app.core.walls import Wall, through
from ombudsman_app.directory.models import Office
from ombudsman_app.findings.models import Finding

from .audit import Audit

_SENT = "stage IN ('draft', 'final')"


class AuditScore(Base):
    """A score with all that decides it, frozen (RP5). Only added to; `scores verify` computes it again.

    `inputs`: the definition of the instrument, the scheme, the answers, whether the cap holds. `result` as
    `scoring.score` gives it.
    """

    __tablename__ = "audit_score"
    __table_args__: Any = (
        Index("ix_audit_score_audit", "audit_id", "id"),
        about(
            Level.CASE,
            Kept.PERMANENT,
            portal=Wall(rule=f"{through('audit_id', 'audit').rule} AND {_SENT}"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"))
    stage: Mapped[ScoreStage]
    formula_version: Mapped[str] = mapped_column(String(20))
    inputs: Mapped[dict[str, Any]] = mapped_column(JSON)
    inputs_digest: Mapped[str] = mapped_column(String(64))
    result: Mapped[dict[str, Any]] = mapped_column(JSON)
    total_exact: Mapped[str] = mapped_column(String(40))
    hundredths: Mapped[int]  # of the total: 7569 is 75.69
    category: Mapped[str | None] = mapped_column(String(10))  # None: the scheme has no bands
    zone: Mapped[str | None] = mapped_column(String(20))
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    made_at: Mapped[datetime]

    audit: Mapped[Audit] = relationship(lazy="raise_on_sql")

    @property
    def total(self) -> Decimal:
        """The total, two decimals."""
        return Decimal(self.hundredths).scaleb(-2)


class AnswerChange(Base):
    """An answer that was changed after it was submitted: before, after, why, by whom. Only added to."""

    __tablename__ = "audit_answer_change"
    __table_args__: Any = (
        Index("ix_audit_answer_change_audit", "audit_id", "id"),
        about(
            Level.CASE,
            Kept.PERMANENT,
            portal=Wall(rule=f"{through('audit_id', 'audit').rule} AND cause = 'response'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"))
    indicator: Mapped[str] = mapped_column(String(40))
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    after: Mapped[dict[str, Any]] = mapped_column(JSON)
    cause: Mapped[Cause]
    reason: Mapped[str] = mapped_column(Text)
    response_id: Mapped[int | None] = mapped_column(ForeignKey("audit_response.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]

    by: Mapped[User] = relationship(lazy="raise_on_sql")


class AuditResponse(Base):
    """What the branch says to one indicator of the draft, and what was decided about it.

    Said again it is a row of its own; the latest counts. A late one is kept and marked for ever.
    """

    __tablename__ = "audit_response"
    __table_args__: Any = (
        Index("ix_audit_response_audit", "audit_id", "indicator", "id"),
        UniqueConstraint("audit_id", "form_key"),
        CheckConstraint("ruling IS NULL OR decided_by_id <> said_by_id", name="decided_by_another"),
        about(Level.CASE, Kept.PERMANENT, portal=through("audit_id", "audit")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"))
    indicator: Mapped[str] = mapped_column(String(40))
    stance: Mapped[Stance]
    text: Mapped[str] = mapped_column(Text)
    said_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    said_at: Mapped[datetime]
    days_late: Mapped[int] = mapped_column(default=0)
    form_key: Mapped[str | None] = mapped_column(String(64))
    # files of the folder `answers_id` that the office names as evidence for it, by their uuid
    file_ids: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    ruling: Mapped[Ruling | None]
    ruling_reason: Mapped[str] = mapped_column(Text, default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime | None]

    said_by: Mapped[User] = relationship(foreign_keys=[said_by_id], lazy="raise_on_sql")


class ProposedFinding(Base):
    """What a low score proposes (domain/audits.md, "From score to finding"); a person confirms or drops it.

    This is the link between a finding of the register and the audit that it comes from.
    """

    __tablename__ = "audit_proposed_finding"
    __table_args__: Any = (
        UniqueConstraint("audit_id", "indicator"),
        about(Level.CASE, Kept.PERMANENT, portal=through("finding_id", "finding")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"))
    indicator: Mapped[str] = mapped_column(String(40))
    severity: Mapped[str] = mapped_column(String(10))  # major, minor
    state: Mapped[ProposalState] = mapped_column(default=ProposalState.PROPOSED)
    # what becomes the finding once the audit is final, as a person confirmed it
    summary: Mapped[str] = mapped_column(Text, default="", server_default="")
    description: Mapped[str] = mapped_column(Text, default="", server_default="")
    rule: Mapped[str] = mapped_column(Text, default="", server_default="")
    suggestion: Mapped[str] = mapped_column(Text, default="", server_default="")
    reason: Mapped[str] = mapped_column(Text, default="")  # why it was dropped; by nobody: the score rose
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime | None]
    finding_id: Mapped[int | None] = mapped_column(ForeignKey("finding.id"), unique=True)

    finding: Mapped[Finding | None] = relationship(lazy="raise_on_sql")


class StudyPlace(Base):
    """An office where others can learn (tujuan studi banding), with reason and end: of a published audit."""

    __tablename__ = "study_place"
    __table_args__: Any = (
        Index("ix_study_place_office", "office_id", "until"),
        CheckConstraint("reason <> ''", name="has_a_reason"),
        about(Level.PUBLIC, Kept.PERMANENT),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    until: Mapped[date]
    named_on: Mapped[date]
    named_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    ended_on: Mapped[date | None]  # before its end, with the reason
    ended_reason: Mapped[str] = mapped_column(Text, default="")

    office: Mapped[Office] = relationship(lazy="raise_on_sql")
    audit: Mapped[Audit] = relationship(lazy="raise_on_sql")
