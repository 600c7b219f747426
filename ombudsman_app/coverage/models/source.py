"""Where figures come from."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from ombudsman_app.core.columns import Kept, Level, about
from ombudsman_app.core.db import Base


class SourceKind(StrEnum):
    """What kind of paper it is. Order: the nearer to the counting, the earlier."""

    BPJS = "bpjs"  # a list, letter or report of BPJS Ketenagakerjaan
    OFFICIAL = "official"  # of another public body
    STATISTICS = "statistics"  # BPS
    PRESS = "press"
    OTHER = "other"


class CoverageSource(Base):
    """One paper, article or list. `key`: its name in the registry of sources; None: brought by an officer.

    `published_on` None: the paper bears no day. `files_id`: the folder of its copy.
    """

    __tablename__ = "coverage_source"
    __table_args__ = (about(Level.PUBLIC, Kept.PERMANENT),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str | None] = mapped_column(String(40), unique=True)
    kind: Mapped[SourceKind]
    title: Mapped[str] = mapped_column(String(300))
    url: Mapped[str] = mapped_column(String(500), default="")
    published_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(String(1000), default="")
    files_id: Mapped[UUID | None]
    representative_office_id: Mapped[int | None] = mapped_column(
        ForeignKey("representative_office.id"), index=True
    )
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    made_at: Mapped[datetime]
