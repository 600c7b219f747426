"""Formal and material verification: one row per item that somebody judged."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ombudsman_app.complaints.states import Verdict
from ombudsman_app.core.columns import Kept, Level, about
from ombudsman_app.core.db import Base


class ComplaintCheck(Base):
    """The verdict on one F or M item of `complaints.yaml`; each change of it stands on the trail."""

    __tablename__ = "complaint_check"
    __table_args__ = (UniqueConstraint("complaint_id", "item"), about(Level.CASE, Kept.COMPLAINT))

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"))
    item: Mapped[str] = mapped_column(String(8))  # F1 … F13, M1 … M7
    verdict: Mapped[Verdict]
    reason: Mapped[str] = mapped_column(Text, default="")
    checked_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    checked_at: Mapped[datetime]
