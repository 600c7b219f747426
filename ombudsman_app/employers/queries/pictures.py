"""Where workers are left out: sums by regency and by sector."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.directory.models import Region
from ombudsman_app.employers.models import Employer
from ombudsman_app.employers.scope import scope


@dataclass(frozen=True)
class GapSum:
    """Workers left out at one place or in one sector, at least and at most; key "": it is not known."""

    key: str
    name: str
    employers: int
    low: int
    high: int


def gap_by_place(actor: Actor) -> list[GapSum]:
    """Return the regencies with a gap, the largest first. 1 statement over the index of the gap."""
    summed = _summed(actor, Employer.region_id).subquery()
    rows = db.session.execute(
        select(summed.c.key, Region.name, summed.c.employers, summed.c.low, summed.c.high)
        .select_from(summed)
        .outerjoin(Region, Region.id == summed.c.key)
    )
    return _largest(rows)


def gap_by_section(actor: Actor) -> list[GapSum]:
    """Return the sections of KBLI with a gap, the largest first; without names. 1 statement."""
    rows = db.session.execute(_summed(actor, Employer.section))
    return _largest((row.key, "", row.employers, row.low, row.high) for row in rows)


def _summed(actor: Actor, key: Any) -> Any:
    return (
        scope(actor)
        .employers()
        .where(Employer.is_listed.is_(True), Employer.gap_order < 0)
        .with_only_columns(
            key.label("key"),
            func.count().label("employers"),
            func.sum(Employer.gap_low).label("low"),
            func.sum(-Employer.gap_order).label("high"),
        )
        .group_by(key)
    )


def _largest(rows: Any) -> list[GapSum]:
    sums = [
        GapSum(str(key or ""), name or "", count, int(low), int(high)) for key, name, count, low, high in rows
    ]
    return sorted(sums, key=lambda one: (-one.high, one.key))
