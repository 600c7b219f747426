"""What is said about a finding: answers, progress, judgements. Only added to; a trigger sees to it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ombudsman_app.accounts.models import User
from ombudsman_app.core.columns import Kept, Level, about
from ombudsman_app.core.db import Base
from ombudsman_app.core.walls import through
from ombudsman_app.findings.states import PaperChannel, Position, Verdict


class FindingEntry(Base):
    """One thing said, in the order in which it was said. One table, so that one range reads all of it."""

    __tablename__ = "finding_entry"
    __table_args__: Any = (
        Index("ix_finding_entry_finding", "finding_id", "id"),
        UniqueConstraint("finding_id", "form_key"),
        CheckConstraint("kind <> 'response' OR (position IS NOT NULL AND days_late >= 0)", name="response"),
        CheckConstraint(
            "kind <> 'judgement' OR (verdict IS NOT NULL AND answer_by_id IS NOT NULL)", name="judged"
        ),
        # nobody judges an own answer or an own finding, whatever the program does
        CheckConstraint(
            "kind <> 'judgement' OR (said_by_id <> answer_by_id AND said_by_id <> finding_by_id)",
            name="other_officer",
        ),
        about(Level.CASE, Kept.PERMANENT, portal=through("finding_id", "finding")),
    )
    __mapper_args__: Any = {"polymorphic_on": "kind", "polymorphic_identity": "entry"}  # noqa: RUF012

    id: Mapped[int] = mapped_column(primary_key=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id"))
    kind: Mapped[str] = mapped_column(String(20))
    round: Mapped[int]
    said_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    said_at: Mapped[datetime]
    text: Mapped[str] = mapped_column(Text)
    form_key: Mapped[str | None] = mapped_column(String(64))  # the same form sent twice says it once (DI4)

    # of an answer
    position: Mapped[Position | None]
    action: Mapped[str | None] = mapped_column(Text)
    responsible: Mapped[str | None] = mapped_column(String(200))  # an office held, no person
    by_on: Mapped[date | None]
    days_late: Mapped[int | None]  # calendar days after the last day; for ever
    # of an answer that came on paper: who filed it said it here, and judges it no more than an own one
    channel: Mapped[PaperChannel | None]
    received_on: Mapped[date | None]  # legal day of the handling office; its lateness is counted from it
    reference: Mapped[str | None] = mapped_column(String(80))  # number of the letter of the office
    # of a report on progress
    status: Mapped[str | None] = mapped_column(String(40))
    # of a judgement
    verdict: Mapped[Verdict | None]
    answer_id: Mapped[int | None] = mapped_column(ForeignKey("finding_entry.id"))
    answer_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    finding_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

    said_by: Mapped[User] = relationship(foreign_keys=[said_by_id], lazy="raise_on_sql")


class Response(FindingEntry):
    """What an office answers: accept, in part, dispute; what is done, by whom, by when."""

    __mapper_args__: Any = {"polymorphic_identity": "response"}  # noqa: RUF012


class ProgressReport(FindingEntry):
    """How far an office is with what it promised."""

    __mapper_args__: Any = {"polymorphic_identity": "progress"}  # noqa: RUF012


class Judgement(FindingEntry):
    """What another officer of the Ombudsman says to an answer or to progress."""

    __mapper_args__: Any = {"polymorphic_identity": "judgement"}  # noqa: RUF012
