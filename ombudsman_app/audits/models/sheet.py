"""What assessors fill in: answers, evidence, and what they looked at one by one.

No office sees a sheet: it sees the frozen inputs of the score that it was sent.
"""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ombudsman_app.accounts.models import User
from ombudsman_app.audits.states import SampleKind, SheetKind
from ombudsman_app.core.columns import Kept, Level, about
from ombudsman_app.core.db import Base, Versioned
from ombudsman_app.directory.models import Counter

from .audit import Audit


class AuditSheet(Versioned, Base):
    """One sheet: of an assessor, or the agreed one that a third made of two blind ones."""

    __tablename__ = "audit_sheet"
    __table_args__: Any = (
        UniqueConstraint("audit_id", "kind", "assessor_id"),
        about(Level.CASE, Kept.PERMANENT),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(default=uuid4, unique=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"))
    kind: Mapped[SheetKind]
    assessor_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    evidence_id: Mapped[UUID] = mapped_column(default=uuid4, unique=True)  # files that are not sorted yet
    started_at: Mapped[datetime]
    changed_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]  # None: it is still written

    audit: Mapped[Audit] = relationship(lazy="raise_on_sql")
    assessor: Mapped[User] = relationship(lazy="raise_on_sql")


class SheetAnswer(Versioned, Base):
    """What is answered to one indicator: a value, or a share as two numbers, or why it does not apply.

    A row for each indicator is made with the sheet, empty: a place for its answer and, `folder_id`, for its
    files. Numbers are kept as they were written, so that nothing is rounded before the score.
    """

    __tablename__ = "audit_sheet_answer"
    __table_args__: Any = (
        UniqueConstraint("sheet_id", "indicator"),
        about(Level.CASE, Kept.PERMANENT),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("audit_sheet.id"))
    indicator: Mapped[str] = mapped_column(String(40))
    value: Mapped[str | None] = mapped_column(String(40))
    numerator: Mapped[str | None] = mapped_column(String(40))
    denominator: Mapped[str | None] = mapped_column(String(40))
    na_reason: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text, default="")
    promised_days: Mapped[int | None]  # the time limit that the office itself published
    folder_id: Mapped[UUID] = mapped_column(default=uuid4, unique=True)  # of its files
    key: Mapped[str | None] = mapped_column(String(64))  # of the sending that made this version (DI4)
    # of the agreed sheet: whose value was taken (None: a third one), and why
    taken_from_id: Mapped[int | None] = mapped_column(ForeignKey("audit_sheet.id"))
    reason: Mapped[str] = mapped_column(Text, default="")
    changed_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    changed_at: Mapped[datetime]

    sheet: Mapped[AuditSheet] = relationship(foreign_keys=[sheet_id], lazy="raise_on_sql")

    def as_given(self, evidence: int) -> dict[str, Any] | None:
        """Return it as `scoring.answers.read_answers` takes it; None: nothing is answered yet.

        `evidence`: the number of its items of an allowed kind.
        """
        if self.na_reason is not None:
            return {"na": self.na_reason}
        if self.value is not None:
            return {"value": self.value, "evidence": evidence}
        if self.numerator is None or self.denominator is None:
            return None
        return {
            "numerator": int(self.numerator),
            "denominator": int(self.denominator),
            "evidence": evidence,
        }


class SheetEvidence(Base):
    """One item of evidence for one indicator: a file, or words (interview, observation), or an address.

    `key` comes from the browser, so that the same item sent twice is kept once. What is taken back stays.
    """

    __tablename__ = "audit_sheet_evidence"
    __table_args__: Any = (
        UniqueConstraint("sheet_id", "key"),
        Index("ix_audit_sheet_evidence_indicator", "sheet_id", "indicator", "id"),
        about(Level.CASE, Kept.PERMANENT),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("audit_sheet.id"))
    key: Mapped[str] = mapped_column(String(64))
    indicator: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(40))  # EvidenceKind of the instrument
    text: Mapped[str] = mapped_column(Text, default="")
    attachment_id: Mapped[UUID | None] = mapped_column(index=True)  # of `attachment`
    counter_id: Mapped[int | None] = mapped_column(ForeignKey("counter.id"))
    added_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    added_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]

    sheet: Mapped[AuditSheet] = relationship(lazy="raise_on_sql")
    counter: Mapped[Counter | None] = relationship(lazy="raise_on_sql")


class SheetSample(Base):
    """One claim file, waiting person, counter or interview. `content` by kind (`scoring/samples`)."""

    __tablename__ = "audit_sheet_sample"
    __table_args__: Any = (
        UniqueConstraint("sheet_id", "key"),
        Index("ix_audit_sheet_sample_kind", "sheet_id", "kind", "id"),
        about(Level.CASE, Kept.PERMANENT),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("audit_sheet.id"))
    key: Mapped[str] = mapped_column(String(64))
    kind: Mapped[SampleKind]
    indicator: Mapped[str] = mapped_column(String(40))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    counter_id: Mapped[int | None] = mapped_column(ForeignKey("counter.id"))
    added_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    added_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]

    sheet: Mapped[AuditSheet] = relationship(lazy="raise_on_sql")
    counter: Mapped[Counter | None] = relationship(lazy="raise_on_sql")
