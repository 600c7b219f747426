"""A proven receipt and the time that runs from it."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ombudsman_app.core.columns import Kept, Level, about
from ombudsman_app.core.db import Base
from ombudsman_app.core.walls import through
from ombudsman_app.core.workflow.holiday_calendar import LONGEST_VERSION
from ombudsman_app.findings.states import Receipt

from .finding import Finding


class FindingClock(Base):
    """One time to answer. The rule and calendar it began with stay beside the day (DI7).

    `clock` is the id of a limit (R01 …) or `second_term`; each runs once in each round.
    """

    __tablename__ = "finding_clock"
    __table_args__ = (
        UniqueConstraint("finding_id", "round", "clock"),
        about(Level.CASE, Kept.PERMANENT, portal=through("finding_id", "finding")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id"), index=True)
    round: Mapped[int]
    clock: Mapped[str] = mapped_column(String(20))

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
    # days of more time that were granted, of its own unit, behind its length
    granted: Mapped[int] = mapped_column(default=0, server_default="0")
    late_from: Mapped[date | None]  # the last day that passed before more time was granted: lateness stays

    finding: Mapped[Finding] = relationship(lazy="raise_on_sql")
