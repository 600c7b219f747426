"""Secret addresses under which a calendar program fetches due days (AU6)."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ombudsman_app.core.columns import Kept, Level, about, level
from ombudsman_app.core.db import Base

from .complaint import Complaint


class FeedKind(StrEnum):
    """Whose due days a calendar shows."""

    MINE = "mine"  # of the cases that the officer works on
    OFFICE = "office"  # of all open cases of the officer's offices
    CASE = "case"  # of one case that the officer may see
    REPORTER = "reporter"  # of the reporter's own complaint


class CalendarFeed(Base):
    """One secret address. It opens what its owner may see at that moment, and of that ticket and day alone.

    The token is kept nowhere: only its keyed hash is here. Ended addresses are swept when another is made.
    """

    __tablename__ = "calendar_feed"
    __table_args__ = (
        Index("ix_calendar_feed_owner", "user_id", "complaint_id"),
        Index("ix_calendar_feed_complaint", "complaint_id"),
        about(Level.CASE, Kept.ACCESS_LOG),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True, info=level(Level.SECRET))
    kind: Mapped[FeedKind]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))  # None: of the reporter
    complaint_id: Mapped[int | None] = mapped_column(ForeignKey("complaint.id"))  # None: of many cases
    language: Mapped[str] = mapped_column(String(5))  # of the page on which it was made
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    last_read_at: Mapped[datetime | None]  # exact to a day

    complaint: Mapped[Complaint | None] = relationship(lazy="raise_on_sql")
