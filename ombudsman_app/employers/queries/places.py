"""The regencies and cities that a person's offices watch over."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import aliased

from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.directory.models import Jurisdiction, Region, RegionLevel


@dataclass(frozen=True)
class PlaceChoice:
    """One regency or city."""

    id: int
    code: str
    name: str
    province: str


def places_of(offices: list[int], *, zone: str) -> list[PlaceChoice]:
    """Return the regencies and cities of these offices, by province and name. 1 statement."""
    province, day = aliased(Region), today(zone)
    rows = db.session.execute(
        select(Region.id, Region.code, Region.name, province.name)
        .join(province, province.id == Region.parent_id)
        .join(Jurisdiction, Jurisdiction.province_id == province.id)
        .where(
            Jurisdiction.representative_id.in_(offices),
            Jurisdiction.holds_on(day),
            Region.level.in_((RegionLevel.REGENCY, RegionLevel.CITY)),
            Region.holds_on(day),
        )
        .order_by(province.name, Region.name, Region.id)
    )
    return [PlaceChoice(*row) for row in rows]
