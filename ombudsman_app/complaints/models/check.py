"""Formal and material verification: one row per item that somebody judged."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ombudsman_app.core.columns import Kept, Level, about
from ombudsman_app.core.db import Base


class Verdict(StrEnum):
    """What was found for one item (`design.md` §12)."""

    MET = "met"
    SEEN = "seen"  # the officer saw the original; only for the copy of an identity (F6)
    MISSING = "missing"
    EXCEPTED = "excepted"  # set aside, with a reason

    @property
    def needs_reason(self) -> bool:
        """An exception must be reasoned."""
        return self is Verdict.EXCEPTED

    @property
    def is_good(self) -> bool:
        """Return whether the case may go on with it."""
        return self is not Verdict.MISSING


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
