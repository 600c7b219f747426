"""What an office asked for because its time is too short, and each change of a last day."""

from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ombudsman_app.accounts.models import User
from ombudsman_app.core.columns import Kept, Level, about
from ombudsman_app.core.db import Base
from ombudsman_app.core.walls import through
from ombudsman_app.core.workflow.more_time_columns import MoreTimeColumns, request_rules
from ombudsman_app.core.workflow.moves import MoveColumns


class FindingTimeRequest(MoreTimeColumns, Base):
    """A request for more time to answer a finding."""

    __tablename__ = "finding_time_request"
    __table_args__: Any = (
        *request_rules("finding_time_request"),
        UniqueConstraint("finding_id", "form_key"),
        about(Level.CASE, Kept.PERMANENT, portal=through("finding_id", "finding")),
    )

    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id"))
    clock_id: Mapped[int] = mapped_column(ForeignKey("finding_clock.id"), index=True)


class FindingClockMove(MoveColumns, Base):
    """One change of the last day of a time to answer; only added to. The trail says it too."""

    __tablename__ = "finding_clock_move"
    __table_args__ = about(Level.CASE, Kept.PERMANENT, portal=through("clock_id", "finding_clock"))

    clock_id: Mapped[int] = mapped_column(ForeignKey("finding_clock.id"), index=True)

    by: Mapped[User | None] = relationship(foreign_keys="FindingClockMove.by_id", lazy="raise_on_sql")
