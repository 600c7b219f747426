"""Tables of the trail. Database triggers refuse UPDATE and DELETE of entries (LG1)."""

from datetime import datetime

from sqlalchemy import Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from ombudsman_app.core.columns import Kept, Level, about
from ombudsman_app.core.db import Base
from ombudsman_app.core.walls import OPEN


class TrailEntry(Base):
    """One act. `hash` covers all other columns and the hash before; `seq` has no gaps."""

    __tablename__ = "trail_entry"
    __table_args__ = (
        Index(  # what happened to an account: few of all entries, and read while somebody waits
            "ix_trail_entry_user",
            "subject_id",
            "seq",
            sqlite_where=text("subject_type = 'user'"),
            postgresql_where=text("subject_type = 'user'"),
        ),
        about(Level.CASE, Kept.PERMANENT, portal=OPEN),
    )

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    event: Mapped[str] = mapped_column(String(80))
    actor_id: Mapped[int | None]
    roles: Mapped[str] = mapped_column(String(200))
    subject_type: Mapped[str] = mapped_column(String(60))
    subject_id: Mapped[int | None]
    reason: Mapped[str] = mapped_column(Text)
    changes: Mapped[str] = mapped_column(Text)  # JSON, canonical
    request_id: Mapped[str] = mapped_column(String(40))
    previous_hash: Mapped[str] = mapped_column(String(64), unique=True)
    hash: Mapped[str] = mapped_column(String(64), unique=True)


class TrailHead(Base):
    """The one row that says where the chain ends; locked while entries are added."""

    __tablename__ = "trail_head"
    __table_args__ = about(Level.PUBLIC, Kept.PERMANENT, portal=OPEN)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
    signature: Mapped[str] = mapped_column(String(64))  # keyed hash of seq and hash: truncation shows
