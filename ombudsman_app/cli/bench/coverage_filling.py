"""Invented figures of every regency for many months, written straight into the tables."""

from datetime import date, timedelta

from sqlalchemy import insert, select

from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.coverage.checks import percent_of
from ombudsman_app.coverage.models import CoverageFigure, CoverageSource, SourceKind
from ombudsman_app.coverage.place_levels import LEVEL_OF
from ombudsman_app.coverage.states import Definition, FigureStatus, Part, Standing
from ombudsman_app.directory.models import Region

from .dice import Dice

_LAST = date(2026, 10, 31)


@command
def fill_coverage(months: int, *, seed: int = 1) -> int:
    """Add a computed figure of each province and regency for each of the last months; return how many."""
    dice, at = Dice(seed), now()
    source = CoverageSource(
        kind=SourceKind.BPJS, title="Daftar buatan (DEMO)", published_on=_LAST, made_at=at
    )
    db.session.add(source)
    db.session.flush()
    places = db.session.execute(
        select(Region.code, Region.name, Region.level).where(Region.level.in_(LEVEL_OF)).order_by(Region.code)
    ).all()
    days = list(_month_ends(months))
    rows = []
    for code, name, level in places:
        potential = dice.between(5_000, 900_000)
        for day in days:
            active = potential * dice.between(5, 95) // 100
            rows.append(
                {
                    "level": LEVEL_OF[level],
                    "place_code": code,
                    "place_name": name,
                    "province_code": code[:2],
                    "definition": Definition.UCJ,
                    "part": Part.WHOLE,
                    "as_of": day,
                    "numerator": active,
                    "denominator": potential,
                    "percent": percent_of(active, potential),
                    "status": FigureStatus.COMPUTED,
                    "flags": [],
                    "source_id": source.id,
                    "standing": Standing.CURRENT,
                    "made_at": at,
                }
            )
    db.session.execute(insert(CoverageFigure), rows)
    return len(rows)


def _month_ends(months: int) -> list[date]:
    found, day = [], _LAST
    for _number in range(months):
        found.append(day)
        day = day.replace(day=1) - timedelta(days=1)
    return found
