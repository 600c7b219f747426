"""The report of an examination (LHP, in older cases LAHP), and the corrective actions in it.

What was typed is sealed as other words about a case are (ADR 8). Once it is out nothing of it changes.
"""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ombudsman_app.complaints.states import Addressee, Conclusion, Part
from ombudsman_app.core.columns import Kept, Level, about
from ombudsman_app.core.db import Base, Versioned
from ombudsman_app.core.walls import Shown, shown_by, through
from ombudsman_app.directory.models import Office

from .conversation import opened_text, sealed_text


class ExaminationReport(Versioned, Base):
    """One report a round of review: written part by part, put forward as a paper, issued by the head."""

    __tablename__ = "examination_report"
    __table_args__: Any = (
        UniqueConstraint("complaint_id", "round"),
        about(
            Level.CASE,
            Kept.COMPLAINT,
            portal=shown_by("report_action", "report_id", Shown("document", "id", "document_id")),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(default=uuid4)  # the seal is bound to it
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"))
    round: Mapped[int]  # 1: the first time that the case is under review
    conclusion: Mapped[Conclusion | None]
    forms: Mapped[list[str]] = mapped_column(JSON, default=list)  # of maladministration, ids of the rules
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)  # the texts by part, as JSON
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)
    issued_on: Mapped[date | None]  # legal day in the zone of the handling office
    written_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    written_at: Mapped[datetime]
    changed_at: Mapped[datetime | None]

    actions: Mapped[list["ReportAction"]] = relationship(
        lazy="raise_on_sql", order_by="ReportAction.id", back_populates="report"
    )

    def texts(self) -> dict[Part, str]:
        """Open what was typed, by part. Raises SealBroken."""
        opened = opened_text(ExaminationReport, self.uuid, self.sealed)
        return {Part(name): text for name, text in json.loads(opened or "{}").items()}

    def seal_texts(self, texts: Mapping[Part, str]) -> None:
        """Keep all texts, sealed."""
        written = {part.value: text for part, text in texts.items() if text}
        self.sealed = sealed_text(ExaminationReport, self.uuid, json.dumps(written))


class ReportAction(Base):
    """One corrective action: who is to do what, by which rule, on what evidence. `finding_id`: what it became
    when the report went out; this is the link between a finding and the report that it comes from."""

    __tablename__ = "report_action"
    __table_args__ = (
        Index("ix_report_action_report", "report_id", "id"),
        about(Level.CASE, Kept.COMPLAINT, portal=through("finding_id", "finding")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(default=uuid4)
    report_id: Mapped[int] = mapped_column(ForeignKey("examination_report.id"))
    addressee: Mapped[Addressee]
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    form: Mapped[str] = mapped_column(String(40))  # of maladministration, that it puts right
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)  # text, rule, evidence, as JSON
    finding_id: Mapped[int | None] = mapped_column(ForeignKey("finding.id"), unique=True)

    report: Mapped[ExaminationReport] = relationship(lazy="raise_on_sql", back_populates="actions")
    office: Mapped[Office] = relationship(lazy="raise_on_sql")

    def words(self) -> dict[str, str]:
        """Open what was typed: text, rule, evidence. Raises SealBroken."""
        opened: dict[str, str] = json.loads(opened_text(ReportAction, self.uuid, self.sealed) or "{}")
        return opened

    def seal_words(self, *, text: str, rule: str, evidence: str) -> None:
        """Keep what was typed, sealed."""
        written = json.dumps({"text": text, "rule": rule, "evidence": evidence})
        self.sealed = sealed_text(ReportAction, self.uuid, written)


class ReportRevision(Base):
    """Who changed which part, and when; only added to."""

    __tablename__ = "report_revision"
    __table_args__ = (
        Index("ix_report_revision_report", "report_id", "id"),
        about(Level.CASE, Kept.COMPLAINT),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("examination_report.id"))
    part: Mapped[Part]
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]
