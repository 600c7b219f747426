"""What a reviewer says to single indicators of a sheet that was submitted."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ombudsman_app.accounts.models import User
from ombudsman_app.core.columns import Kept, Level, about
from ombudsman_app.core.db import Base


class ReviewRemark(Base):
    """A remark to one indicator. The team reads it when the sheet comes back; no office ever does."""

    __tablename__ = "audit_review_remark"
    __table_args__: Any = (
        UniqueConstraint("audit_id", "key"),
        Index("ix_audit_review_remark_audit", "audit_id", "id"),
        about(Level.CASE, Kept.PERMANENT),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"))
    indicator: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(String(64))  # of the form, so that it is said once (DI4)
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]

    by: Mapped[User] = relationship(lazy="raise_on_sql")
