"""A person's own view of the queue."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ombudsman_app.core import limits
from ombudsman_app.core.columns import Kept, Level, about
from ombudsman_app.core.db import Base


class SavedView(Base):
    """Filters under a label. Of one person at most one opens by itself."""

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("user_id", "label"), about(Level.CASE, Kept.ACCOUNT))

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    label: Mapped[str] = mapped_column(String(limits.VIEW_NAME))
    filters: Mapped[str] = mapped_column(String(limits.VIEW_FILTERS))  # as in the address of the queue
    opens_first: Mapped[bool] = mapped_column(default=False)
    saved_at: Mapped[datetime]
