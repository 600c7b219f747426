"""What an office asked for because its time to explain is too short."""

from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ombudsman_app.accounts.models import User
from ombudsman_app.core.columns import Kept, Level, about
from ombudsman_app.core.db import Base
from ombudsman_app.core.walls import through
from ombudsman_app.core.workflow.more_time_columns import MoreTimeColumns, request_rules


class ClarificationTimeRequest(MoreTimeColumns, Base):
    """A request for more time to answer a letter that asks for an explanation."""

    __tablename__ = "clarification_time_request"
    __table_args__: Any = (
        *request_rules("clarification_time_request"),
        UniqueConstraint("complaint_id", "form_key"),
        about(Level.CASE, Kept.COMPLAINT, portal=through("complaint_id", "complaint")),
    )

    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"))
    clock_id: Mapped[int] = mapped_column(ForeignKey("complaint_clock.id"), index=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("document.id"))  # the letter

    asked_by: Mapped[User] = relationship(
        foreign_keys="ClarificationTimeRequest.asked_by_id", lazy="raise_on_sql"
    )
    decided_by: Mapped[User | None] = relationship(
        foreign_keys="ClarificationTimeRequest.decided_by_id", lazy="raise_on_sql"
    )
