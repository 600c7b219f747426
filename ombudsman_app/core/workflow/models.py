"""The table of days off, which an administrator keeps; deadlines are counted with it."""

from collections.abc import Callable
from datetime import date
from functools import cache

from sqlalchemy import String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from ombudsman_app.core.columns import Kept, Level, about
from ombudsman_app.core.db import Base, db

from .holiday_calendar import LONGEST, NATIONAL_SCOPE, DayOff, HolidayCalendar, HolidayKind, shipped


class Holiday(Base):
    """One day off, for the whole country (scope ID) or for one province (its code)."""

    __tablename__ = "holiday"
    __table_args__ = (UniqueConstraint("day", "kind", "scope"), about(Level.PUBLIC, Kept.PERMANENT))

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date]
    kind: Mapped[HolidayKind]
    name: Mapped[str] = mapped_column(String(LONGEST["name"]))
    scope: Mapped[str] = mapped_column(String(LONGEST["scope"]), default=NATIONAL_SCOPE)
    source: Mapped[str] = mapped_column(String(LONGEST["source"]))
    version: Mapped[str] = mapped_column(String(LONGEST["version"]))  # of the data that the source gave


def stored_days() -> list[DayOff]:
    """Return every day off of the table, oldest first. 1 query."""
    rows = db.session.scalars(select(Holiday).order_by(Holiday.day, Holiday.kind, Holiday.scope))
    return [DayOff(row.day, row.kind, row.name, row.scope, row.source, row.version) for row in rows]


def calendar_of(province: str | None = None) -> HolidayCalendar:
    """Return the calendar of the table, with the days of one province; the shipped one if it is empty.

    1 query.
    """
    days = stored_days()
    return HolidayCalendar(days, province=province) if days else shipped(province)


def calendars() -> Callable[[str | None], HolidayCalendar]:
    """Read the table once for many provinces; return what gives the calendar of each. 1 query."""
    days = stored_days()
    return cache(lambda province: HolidayCalendar(days, province=province) if days else shipped(province))
