"""Each opening of a sealed identity (PD2)."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from ombudsman_app.core.columns import Kept, Level, about
from ombudsman_app.core.db import Base


class IdentityAccess(Base):
    """Who opened the identity of whose complaint, when and why; written in the transaction that opens it."""

    __tablename__ = "identity_access"
    __table_args__ = (
        Index("ix_identity_access_complaint", "complaint_id", "id"),
        Index("ix_identity_access_person", "user_id", "opened_at"),
        about(Level.CASE, Kept.ACCESS_LOG),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    reason: Mapped[str] = mapped_column(Text)
    opened_at: Mapped[datetime]
