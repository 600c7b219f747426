"""Outlines for maps, with what must stand below each: source, licence, day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from ombudsman_app.core.db import db
from ombudsman_app.coverage.models import Boundary, BoundaryLevel, BoundarySet
from ombudsman_app.directory.models import Region
from ombudsman_app.web.charts import Outline


@dataclass(frozen=True)
class BoundaryMap:
    """What is drawn and where it comes from. Without outlines tiles stand in their place."""

    outlines: Sequence[Outline]
    source: str = ""
    licence: str = ""
    imported_at: datetime | None = None


def province_boundaries() -> BoundaryMap:
    """Return the outlines of all provinces, in the order of their codes. 1 statement."""
    return _map(BoundaryLevel.PROVINCE, None)


def regency_boundaries(province_code: str) -> BoundaryMap:
    """Return the outlines of the regencies and cities of a province. 1 statement."""
    return _map(BoundaryLevel.REGENCY, province_code)


def _map(level: BoundaryLevel, province_code: str | None) -> BoundaryMap:
    asked = (
        select(
            Region.code,
            Boundary.path,
            Boundary.left,
            Boundary.top,
            Boundary.right,
            Boundary.bottom,
            Boundary.middle_x,
            Boundary.middle_y,
            Boundary.room,
            BoundarySet.source,
            BoundarySet.licence,
            BoundarySet.imported_at,
        )
        .join(Boundary, Boundary.region_id == Region.id)
        .join(BoundarySet, BoundarySet.id == Boundary.set_id)
        .where(BoundarySet.level == level, Region.valid_to.is_(None))
        .order_by(Region.code)
    )
    if province_code is not None:
        asked = asked.where(Region.province_code == province_code)
    rows = db.session.execute(asked).all()
    if not rows:
        return BoundaryMap([])
    outlines = [
        Outline(
            row.code,
            row.path,
            (row.left, row.top, row.right, row.bottom),
            (row.middle_x, row.middle_y),
            row.room,
        )
        for row in rows
    ]
    return BoundaryMap(outlines, rows[0].source, rows[0].licence, rows[0].imported_at)
