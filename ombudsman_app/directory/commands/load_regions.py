"""Provinces, regencies, cities and districts."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import func, select

from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.directory import reference
from ombudsman_app.directory.models import Region

from .upsert import upsert

_CODE_LENGTHS = (2, 5, 8)  # 53, 53.15, 53.15.05


def load_regions(rows: list[reference.RegionRow]) -> tuple[dict[str, int], int]:
    """Return the id of each region by its code, and how many rows differed. 4 statements to read.

    Regions of the shipped file that are no longer in it end today: codes change by decree.
    """
    changes = _end_vanished({row.code for row in rows})
    ids: dict[str, int] = {}
    for length in _CODE_LENGTHS:  # parents first: a row needs the id of its parent
        level = (_columns(row, ids) for row in rows if len(row.code) == length)
        done = upsert(Region, Region.code, level, among=func.length(Region.code) == length)
        ids |= {code: region.id for code, region in done.rows.items()}
        changes += done.changes
    return ids, changes


def _columns(row: reference.RegionRow, ids: dict[str, int]) -> dict[str, Any]:
    return {
        "code": row.code,
        "province_code": row.province_code,
        "level": row.level,
        "name": row.name,
        "search_name": row.search_name,
        "parent_id": ids[row.parent_code] if row.parent_code else None,
        "time_zone": row.time_zone,
        "capital": row.capital,
        "latitude": row.latitude,
        "longitude": row.longitude,
        "source": reference.REGION_SOURCE,
        "valid_to": None,
    }


def _end_vanished(codes: Collection[str]) -> int:
    source_name = reference.REGION_SOURCE.split()[0]
    shipped = select(Region.id, Region.code).where(
        Region.source.startswith(source_name, autoescape=True), Region.valid_to.is_(None)
    )
    vanished = [id_ for id_, code in db.session.execute(shipped) if code not in codes]
    for region in db.session.scalars(select(Region).where(Region.id.in_(vanished))) if vanished else ():
        region.valid_to = today("Asia/Jakarta")
    return len(vanished)
