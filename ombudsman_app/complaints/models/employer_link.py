"""Which employers of the register a complaint or information names. Rows end; none is changed or deleted.

An employer is never the respondent (`design.md` §4) and is told nothing of this.
"""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ombudsman_app.accounts.models import User
from ombudsman_app.core.columns import Kept, Level, about, level
from ombudsman_app.core.db import Base
from ombudsman_app.employers.models import Employer


def _rows_of(table: str, column: str) -> Any:
    """One open row for each pair; another after it ended is a new one."""
    return (
        Index(
            f"uq_{table}_open",
            *(column, "employer_id"),
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index(f"ix_{table}_of", column, "id"),
        Index(f"ix_{table}_employer", "employer_id", "id"),
        CheckConstraint("(ended_at IS NULL) = (ended_by_id IS NULL)", name="ended"),
        about(Level.ALLEGATION, Kept.COMPLAINT),
    )


class ComplaintEmployer(Base):
    """A complaint names this employer, says an officer. `sealed`: why the link ended."""

    __tablename__ = "complaint_employer"
    __table_args__ = _rows_of("complaint_employer", "complaint_id")

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(default=uuid4)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"))
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id"))
    said_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    said_at: Mapped[datetime]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    ended_at: Mapped[datetime | None]
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary, info=level(Level.SECRET))

    employer: Mapped[Employer] = relationship(lazy="raise_on_sql")
    said_by: Mapped[User] = relationship(foreign_keys=[said_by_id], lazy="raise_on_sql")


class TipEmployer(Base):
    """Information without identity names this employer, says an officer. `sealed`: why the link ended."""

    __tablename__ = "tip_employer"
    __table_args__ = _rows_of("tip_employer", "tip_id")

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(default=uuid4)
    tip_id: Mapped[int] = mapped_column(ForeignKey("information_tip.id"))
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id"))
    said_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    said_at: Mapped[datetime]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    ended_at: Mapped[datetime | None]
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary, info=level(Level.SECRET))

    employer: Mapped[Employer] = relationship(lazy="raise_on_sql")
    said_by: Mapped[User] = relationship(foreign_keys=[said_by_id], lazy="raise_on_sql")
