"""Places with what is known of them: provinces, the regencies of one, and one place."""

import re
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import or_, select

from ombudsman_app.core.db import db
from ombudsman_app.core.errors import NotVisible
from ombudsman_app.coverage.models import Innovation
from ombudsman_app.coverage.place_levels import REGENCIES
from ombudsman_app.coverage.states import NATION_CODE, Level
from ombudsman_app.directory.models import Region, RegionLevel

from .figures import Measure, Shown, newest_figures
from .totals import Total, regency_codes, silent_before, totals_of

_CODE = re.compile(r"[0-9]{2}(\.[0-9]{2})?")


@dataclass(frozen=True)
class PlaceLine:
    """A place with its newest figure (None: nobody gave one) and what its regencies add up to."""

    code: str
    name: str
    shown: Shown | None
    total: Total | None = None
    is_silent: bool = False

    @property
    def rank_key(self) -> tuple[bool, float, str]:
        """By percentage, the highest first; what has none stands at the end, by name."""
        percent = self.shown.percent if self.shown else None
        return (percent is None, -float(percent or 0), self.name)


@dataclass(frozen=True)
class Nation:
    """All provinces, and the sum of all regencies."""

    lines: list[PlaceLine]
    total: Total


@dataclass(frozen=True)
class Place:
    """One province, regency or city, and where it lies; whether a released innovation is there."""

    code: str
    name: str
    level: Level
    province_code: str
    province: str
    has_innovations: bool = False


def provinces(measure: Measure, *, on: date | None = None) -> Nation:
    """Return every province by its code with its newest figure and its sum. 4 statements."""
    regencies = {one.place_code: one for one in newest_figures(measure, Level.REGENCY, on=on)}
    codes = regency_codes()
    sums = totals_of(regencies, codes, silent_before=silent_before(regencies.values(), on))
    lines = [replace(line, total=sums.get(line.code)) for line in province_lines(measure, on=on)]
    return Nation(lines, sums[NATION_CODE])


def province_lines(measure: Measure, *, on: date | None = None) -> list[PlaceLine]:
    """Return every province by its code with its newest figure, without sums. 2 statements."""
    names = select(Region.code, Region.name).where(
        Region.level == RegionLevel.PROVINCE, Region.valid_to.is_(None)
    )
    known = dict(db.session.execute(names.order_by(Region.code)).all())
    stated = {one.place_code: one for one in newest_figures(measure, Level.PROVINCE, on=on)}
    return [
        PlaceLine(code, name, stated.get(code), is_silent=code not in stated) for code, name in known.items()
    ]


def regencies_of(province: str, measure: Measure, *, on: date | None = None) -> tuple[list[PlaceLine], Total]:
    """Return the regencies and cities of a province by code, and their sum. 2 statements."""
    rows = select(Region.code, Region.name).where(
        Region.level.in_(REGENCIES), Region.province_code == province, Region.valid_to.is_(None)
    )
    known = dict(db.session.execute(rows.order_by(Region.code)).all())
    shown = {one.place_code: one for one in newest_figures(measure, Level.REGENCY, province=province, on=on)}
    total = totals_of(shown, known, silent_before=silent_before(shown.values(), on)).get(province)
    silent = frozenset(total.silent if total else ())
    lines = [PlaceLine(code, name, shown.get(code), is_silent=code in silent) for code, name in known.items()]
    return lines, total or Total(province, 0, 0, None, 0, 0, None, None, ())


def place_of(code: str) -> Place:
    """Return a province, regency or city by its code. Raises NotVisible. 1 statement."""
    if not _CODE.fullmatch(code):
        raise NotVisible
    here = or_(Innovation.province_code == Region.code, Innovation.region_id == Region.id)
    known = select(Innovation.id).where(here, Innovation.is_public.is_(True)).exists()
    found = {
        row[0]: (row[1], row[2], row[3])
        for row in db.session.execute(
            select(Region.code, Region.name, Region.level, known).where(Region.code.in_((code, code[:2])))
        )
    }
    if code not in found or found[code][1] is RegionLevel.DISTRICT or code[:2] not in found:
        raise NotVisible
    level = Level.PROVINCE if len(code) == 2 else Level.REGENCY
    return Place(code, found[code][0], level, code[:2], found[code[:2]][0], bool(found[code][2]))
