"""The register as a sheet: who asked for it, why, by which filters, and who allowed it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ombudsman_app.accounts.models import User
from ombudsman_app.core.columns import Kept, Level, about
from ombudsman_app.core.db import Base
from ombudsman_app.findings.states import Decision


class RegisterExport(Base):
    """One sheet. What carries many rows out of the house waits for another person (AZ10)."""

    __tablename__ = "finding_export"
    __table_args__: Any = (
        Index(
            "ix_finding_export_waiting",
            *("representative_office_id", "needs_second"),
            sqlite_where=text("decided_by_id IS NULL"),
            postgresql_where=text("decided_by_id IS NULL"),
        ),
        # what was decided was decided by another person, whatever the program does
        CheckConstraint(
            "decision IS NULL OR decision NOT IN ('allowed', 'refused') OR decided_by_id <> asked_by_id",
            name="other_person",
        ),
        CheckConstraint(
            "job_uuid IS NULL OR NOT needs_second OR (decision IS NOT NULL AND decision <> 'refused')",
            name="second_person",
        ),
        CheckConstraint(
            "(decided_by_id IS NULL) = (decided_at IS NULL) AND (decided_by_id IS NULL) = (decision IS NULL)",
            name="decided",
        ),
        about(Level.CASE, Kept.ACCESS_LOG),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    representative_office_id: Mapped[int] = mapped_column(ForeignKey("representative_office.id"))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    asked_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text)
    filters: Mapped[str] = mapped_column(Text)  # JSON, as an address has them
    language: Mapped[str] = mapped_column(String(2))
    rows: Mapped[int]  # when it was asked for
    needs_second: Mapped[bool]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime | None]
    decision: Mapped[Decision | None]
    job_uuid: Mapped[UUID | None] = mapped_column(unique=True)

    asked_by: Mapped[User] = relationship(foreign_keys=[asked_by_id], lazy="raise_on_sql")
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id], lazy="raise_on_sql")

    @property
    def is_approved(self) -> bool | None:
        """What another person said; None: nobody yet."""
        return None if self.decision is None else self.decision is Decision.ALLOWED

    @property
    def waits(self) -> bool:
        """Whether another person must allow it first."""
        return self.needs_second and self.decided_by_id is None
