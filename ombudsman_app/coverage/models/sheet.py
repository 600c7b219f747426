"""Sheets of figures that somebody asked for."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from ombudsman_app.core.columns import Kept, Level, about
from ombudsman_app.core.db import Base


class CoverageSheet(Base):
    """One selection in one state of the figures, drawn once for everybody; its bytes are kept for a day.

    `key`: digest of selection, language and state, so that asking again finds this one. `place_code`: `ID`
    for the nation. `as_of` None: the newest figure of each place. `stamp`: the state of the figures.
    """

    __tablename__ = "coverage_sheet"
    __table_args__ = about(Level.PUBLIC, Kept.A_DAY)

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(unique=True, default=uuid4)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    place_code: Mapped[str] = mapped_column(String(13))
    measure: Mapped[str] = mapped_column(String(60))
    as_of: Mapped[date | None]
    language: Mapped[str] = mapped_column(String(2))
    stamp: Mapped[str] = mapped_column(String(16))
    job_uuid: Mapped[UUID]
    asked_at: Mapped[datetime] = mapped_column(index=True)
