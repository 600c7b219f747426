"""The table of days off, which an administrator keeps; deadlines are counted with it."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache, partial
from typing import Any, TypeAlias

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


Row: TypeAlias = tuple[Any, ...]
_ORDER = (Holiday.day, Holiday.kind, Holiday.scope)
_DAYS = select(*_ORDER[:2], Holiday.name, Holiday.scope, Holiday.source, Holiday.version).order_by(*_ORDER)


def stored_days() -> list[DayOff]:
    """Return every day off of the table, oldest first. 1 query."""
    return list(_days(_rows()))


def calendar_of(province: str | None = None) -> HolidayCalendar:
    """Return the calendar of the table, with the days of one province; the shipped one if it is empty.

    1 query: the rows are read each time, the calendar is built once for the same rows.
    """
    return _calendar(_rows(), province)


def calendars() -> Callable[[str | None], HolidayCalendar]:
    """Read the table once for many provinces; return what gives the calendar of each. 1 query."""
    return partial(_calendar, _rows())


def _rows() -> tuple[Row, ...]:
    return tuple(map(tuple, db.session.execute(_DAYS)))


@lru_cache(maxsize=2)
def _days(rows: tuple[Row, ...]) -> tuple[DayOff, ...]:
    return tuple(DayOff(*row) for row in rows)


@lru_cache(maxsize=40)  # one for each province
def _calendar(rows: tuple[Row, ...], province: str | None) -> HolidayCalendar:
    return HolidayCalendar(_days(rows), province=province) if rows else shipped(province)
