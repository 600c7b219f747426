"""Totals are made of sums, never of means of percentages (`coverage.md` §4.3), and say who is silent."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from ombudsman_app.core.db import db
from ombudsman_app.core.months import months_before
from ombudsman_app.coverage.borders import province_on
from ombudsman_app.coverage.checks import BOUNDS, percent_of
from ombudsman_app.coverage.place_levels import REGENCIES
from ombudsman_app.coverage.states import NATION_CODE, Level
from ombudsman_app.directory.models import Region

from .figures import Measure, Shown, newest_figures


@dataclass(frozen=True)
class Total:
    """What the regencies of a place add up to. `percent` None: nobody gave both counts.

    Counts of different days may stand in one sum: `oldest` and `newest` say which. `counted` of `places`
    gave both counts; `silent` are the codes of those that gave no figure within the last months.
    """

    place_code: str
    numerator: int
    denominator: int
    percent: Decimal | None
    counted: int
    places: int
    oldest: date | None
    newest: date | None
    silent: tuple[str, ...]


def regency_codes() -> dict[str, str]:
    """Return the names of all regencies and cities by their code of today. 1 statement."""
    rows = select(Region.code, Region.name).where(Region.level.in_(REGENCIES), Region.valid_to.is_(None))
    return dict(db.session.execute(rows.order_by(Region.code)).all())


def totals(measure: Measure, *, on: date | None = None, borders: date | None = None) -> dict[str, Total]:
    """Return the totals of the nation and of each province, by code. 2 statements.

    `on`: as figures stood on that day. `borders`: the provinces of that day; None: of today. Whatever the
    borders, each regency is counted once, so the nation stays the same.
    """
    shown = {one.place_code: one for one in newest_figures(measure, Level.REGENCY, on=on)}
    return totals_of(shown, regency_codes(), borders=borders, silent_before=silent_before(shown.values(), on))


def totals_of(
    shown: Mapping[str, Shown],
    codes: Iterable[str],
    *,
    borders: date | None = None,
    silent_before: date | None = None,
) -> dict[str, Total]:
    """Add figures up by province and nation. No statement."""
    members: dict[str, list[str]] = {NATION_CODE: []}
    for code in codes:
        members[NATION_CODE].append(code)
        members.setdefault(province_on(code, borders), []).append(code)
    return {place: _total(place, held, shown, silent_before) for place, held in members.items()}


def _total(place: str, codes: Sequence[str], shown: Mapping[str, Shown], silent_before: date | None) -> Total:
    counted = [
        one
        for code in codes
        if (one := shown.get(code)) and one.numerator is not None and one.denominator is not None
    ]
    numerator = sum(one.numerator or 0 for one in counted)
    denominator = sum(one.denominator or 0 for one in counted)
    days = sorted(one.as_of for one in counted if one.as_of)
    return Total(
        place,
        numerator,
        denominator,
        percent_of(numerator, denominator) if denominator else None,
        len(counted),
        len(codes),
        days[0] if days else None,
        days[-1] if days else None,
        tuple(code for code in codes if _is_silent(shown.get(code), silent_before)),
    )


def _is_silent(one: Shown | None, before: date | None) -> bool:
    return one is None or (before is not None and one.as_of is not None and one.as_of < before)


def silent_before(shown: Iterable[Shown], on: date | None) -> date | None:
    """Return the day before which a figure is too old to speak: so many months before the newest one."""
    newest = on or max((one.as_of for one in shown if one.as_of), default=None)
    return months_before(newest, BOUNDS.silent_after_months) if newest else None
