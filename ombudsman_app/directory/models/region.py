"""Provinces, regencies, cities and districts by their Kemendagri code."""

from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ombudsman_app.core.columns import Kept, Level, about
from ombudsman_app.core.db import Base

from .standing import Dated


class RegionLevel(StrEnum):
    PROVINCE = "province"
    REGENCY = "regency"
    CITY = "city"
    DISTRICT = "district"


class Region(Dated, Base):
    """One area. `code` has dots (`53.15`); codes change by decree, so an old row ends and stays.

    Coordinates are those of the capital, in degrees; `search_name` is the normalised name and capital.
    """

    __tablename__ = "region"
    __table_args__ = (Index(None, "level", "code"), about(Level.PUBLIC, Kept.PERMANENT))

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(13), unique=True)
    province_code: Mapped[str] = mapped_column(String(2), index=True)
    level: Mapped[RegionLevel]
    name: Mapped[str] = mapped_column(String(120))
    search_name: Mapped[str] = mapped_column(String(200), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("region.id"), index=True)
    time_zone: Mapped[str] = mapped_column(String(40))
    capital: Mapped[str | None] = mapped_column(String(80))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    source: Mapped[str] = mapped_column(String(60))  # the data set that brought the row

    parent: Mapped["Region | None"] = relationship(remote_side="Region.id", lazy="raise_on_sql")
