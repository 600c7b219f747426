"""Days on which a clock stands still, and each change of its last day."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ombudsman_app.accounts.models import User
from ombudsman_app.core.columns import Kept, Level, about
from ombudsman_app.core.db import Base
from ombudsman_app.core.walls import through
from ombudsman_app.core.workflow.moves import MoveColumns

from .complaint import ComplaintClock


class ClockPause(Base):
    """A pause: asked by one person, released or refused by another, perhaps ended before its last day.

    Released: it covers `first_on` to `last_on`, both included. Which days those are is computed from here,
    so that it ends by itself whatever runs or does not.
    """

    __tablename__ = "clock_pause"
    __table_args__: Any = (
        Index(  # one may wait on a clock, whoever asks at the same moment
            "uq_clock_pause_waiting",
            "clock_id",
            unique=True,
            sqlite_where=text("decided_at IS NULL"),
            postgresql_where=text("decided_at IS NULL"),
        ),
        CheckConstraint("decided_by_id IS NULL OR decided_by_id <> asked_by_id", name="second_person"),
        CheckConstraint("(decided_by_id IS NULL) = (decided_at IS NULL)", name="decided"),
        CheckConstraint(
            "(first_on IS NULL) = (last_on IS NULL) AND (first_on IS NULL OR decided_at IS NOT NULL)",
            name="released",
        ),
        CheckConstraint("last_on >= first_on AND days > 0", name="in_order"),
        about(Level.CASE, Kept.COMPLAINT, portal=through("complaint_id", "complaint")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), index=True)
    clock_id: Mapped[int] = mapped_column(ForeignKey("complaint_clock.id"), index=True)
    ground: Mapped[str] = mapped_column(String(40))  # of pauses.yaml
    days: Mapped[int]  # calendar days that were asked for
    reason: Mapped[str] = mapped_column(Text)
    rule_version: Mapped[str] = mapped_column(String(40))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    asked_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime | None]
    decision: Mapped[str] = mapped_column(Text, default="")  # why it was refused
    first_on: Mapped[date | None]  # None: refused, or not decided yet
    last_on: Mapped[date | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))  # before its last day
    ended_at: Mapped[datetime | None]
    ending: Mapped[str] = mapped_column(Text, default="")

    clock: Mapped[ComplaintClock] = relationship(lazy="raise_on_sql")
    asked_by: Mapped[User] = relationship(foreign_keys=[asked_by_id], lazy="raise_on_sql")
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id], lazy="raise_on_sql")
    ended_by: Mapped[User | None] = relationship(foreign_keys=[ended_by_id], lazy="raise_on_sql")


class ClockMove(MoveColumns, Base):
    """One change of the last day of a clock, for its explanation; only added to. The trail says it too."""

    __tablename__ = "clock_move"
    __table_args__ = about(Level.CASE, Kept.COMPLAINT, portal=through("clock_id", "complaint_clock"))

    clock_id: Mapped[int] = mapped_column(ForeignKey("complaint_clock.id"), index=True)

    by: Mapped[User | None] = relationship(foreign_keys="ClockMove.by_id", lazy="raise_on_sql")
