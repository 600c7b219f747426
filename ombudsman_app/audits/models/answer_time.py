"""The proven receipt of a draft and the time of the office to answer that runs from it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ombudsman_app.accounts.models import User
from ombudsman_app.core.columns import Kept, Level, about
from ombudsman_app.core.db import Base
from ombudsman_app.core.walls import through
from ombudsman_app.core.workflow.holiday_calendar import LONGEST_VERSION
from ombudsman_app.core.workflow.moves import MoveColumns
from ombudsman_app.findings.states import Receipt

from .audit import Audit


class AuditClock(Base):
    """The time to answer a draft. The rule and calendar it began with stay beside the day (DI7)."""

    __tablename__ = "audit_clock"
    __table_args__: Any = about(Level.CASE, Kept.PERMANENT, portal=through("audit_id", "audit"))

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"), unique=True)

    received_at: Mapped[datetime]
    proof: Mapped[Receipt]
    delivery_id: Mapped[int | None] = mapped_column(ForeignKey("delivery.id"))
    received_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))  # who opened it

    start_on: Mapped[date]  # day 0
    length: Mapped[int]
    unit: Mapped[str] = mapped_column(String(20))
    due_on: Mapped[date]
    rule_version: Mapped[str] = mapped_column(String(40))
    calendar_version: Mapped[str] = mapped_column(String(LONGEST_VERSION))
    proposed_due_on: Mapped[date | None]  # an earlier day by a newer calendar, until a person releases it
    ended_on: Mapped[date | None]

    audit: Mapped[Audit] = relationship(lazy="raise_on_sql", back_populates="clock")


class AuditClockMove(MoveColumns, Base):
    """One change of the last day of a time to answer; only added to. The trail says it too."""

    __tablename__ = "audit_clock_move"
    __table_args__: Any = about(Level.CASE, Kept.PERMANENT, portal=through("clock_id", "audit_clock"))

    clock_id: Mapped[int] = mapped_column(ForeignKey("audit_clock.id"), index=True)

    by: Mapped[User | None] = relationship(foreign_keys="AuditClockMove.by_id", lazy="raise_on_sql")
