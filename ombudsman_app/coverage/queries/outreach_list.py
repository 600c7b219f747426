"""Outreach events by keyset, the latest day first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, String, func, literal, select, tuple_, union_all
from sqlalchemy.orm import joinedload, selectinload

from ombudsman_app.core import limits
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.coverage.models import OutreachEvent, OutreachTarget
from ombudsman_app.coverage.outreach_scope import OutreachScope, outreach_scope
from ombudsman_app.coverage.outreach_states import OutreachState, TargetGroup
from ombudsman_app.directory.models import Jurisdiction, OfficeKind, Region, RegionLevel, RepresentativeOffice
from ombudsman_app.web.paging import DayKey, Page, day_key, page_back, page_on, read_day_key, read_id

_E = OutreachEvent
VIEWS = ("coming", "unreported", "held", "cancelled")
_LAST_MONTH, _LAST_DAY = 12, 31


@dataclass(frozen=True)
class OutreachFilter:
    """What an address asks for, already checked; all of it can be combined."""

    view: str = ""
    province: str = ""
    region_id: int | None = None
    year: int | None = None
    group: TargetGroup | None = None
    after: DayKey | None = None
    before: DayKey | None = None

    def said(self) -> dict[str, str]:
        """Return the filter as words of an address, without the place in the list."""
        told = {
            "view": self.view,
            "province": self.province,
            "place": str(self.region_id or ""),
            "year": str(self.year or ""),
            "group": self.group or "",
        }
        return {name: str(value) for name, value in told.items() if value}


def read_filter(given: Mapping[str, str]) -> OutreachFilter:
    """Read an address; what is no filter asks for nothing (IN4)."""
    view, province, group = given.get("view", ""), given.get("province", ""), given.get("group")
    return OutreachFilter(
        view=view if view in VIEWS else "",
        province=province if _is_number(province, 2) else "",
        region_id=read_id(given.get("place")),
        year=read_year(given.get("year", "")),
        group=TargetGroup(group) if group in tuple(TargetGroup) else None,
        after=read_day_key(given.get("after")),
        before=read_day_key(given.get("before")),
    )


def read_year(text: str) -> int | None:
    """Read a year that an event can be of; None for what is none."""
    year = int(text) if _is_number(text, 4) else 0
    return year if limits.EARLIEST_YEAR <= year <= limits.LATEST_YEAR else None


def _is_number(text: str, length: int) -> bool:
    return len(text) == length and text.isascii() and text.isdigit()


def conditions(chosen: OutreachFilter, today: date) -> list[ColumnElement[bool]]:
    """Return what a filter asks of an event. `today`: what was planned before it waits for a report."""
    where = [] if not chosen.view else [*_VIEW[chosen.view](today)]
    if chosen.province:
        where.append(_E.province_code == chosen.province)
    if chosen.region_id:
        where.append(_E.region_id == chosen.region_id)
    if chosen.year:
        where.append(_E.happens_on.between(*days_of_year(chosen.year)))
    if chosen.group:
        of_group = select(OutreachTarget.event_id).where(OutreachTarget.target_group == chosen.group)
        where.append(_E.id.in_(of_group))
    return where


def days_of_year(year: int) -> tuple[date, date]:
    """Return the first and the last day of a year."""
    return date(year, 1, 1), date(year, _LAST_MONTH, _LAST_DAY)


_PLANNED = _E.state == OutreachState.PLANNED
_VIEW: dict[str, Any] = {
    "coming": lambda today: (_PLANNED, _E.happens_on >= today),
    "unreported": lambda today: (_PLANNED, _E.happens_on < today),
    "held": lambda _today: (_E.state == OutreachState.HELD,),
    "cancelled": lambda _today: (_E.state == OutreachState.CANCELLED,),
}


def events_page(
    actor: Actor, chosen: OutreachFilter, *, today: date, is_own: bool = False, limit: int = limits.PAGE_ROWS
) -> Page[OutreachEvent]:
    """Return one page, the latest day first; `is_own`: of what the own office holds. 2 statements."""
    place, is_back = tuple_(_E.happens_on, _E.id), chosen.before is not None
    found = _seen(outreach_scope(actor), is_own=is_own).where(*conditions(chosen, today))
    if chosen.before is not None:
        found = found.where(place > chosen.before)
    elif chosen.after is not None:
        found = found.where(place < chosen.after)
    order = (_E.happens_on, _E.id) if is_back else (_E.happens_on.desc(), _E.id.desc())
    rows = list(db.session.scalars(_whole(found).order_by(*order).limit(limit + 1)))
    if is_back:
        return page_back(rows, limit, _key_of)
    return page_on(rows, limit, _key_of, is_first=chosen.after is None)


def all_events(actor: Actor, chosen: OutreachFilter, *, today: date, limit: int) -> Iterator[OutreachEvent]:
    """Yield the events of a filter, at most so many. 2 statements."""
    found = outreach_scope(actor).events().where(*conditions(chosen, today))
    return iter(db.session.scalars(_whole(found).order_by(_E.happens_on.desc(), _E.id.desc()).limit(limit)))


def _seen(scope: OutreachScope, *, is_own: bool) -> Select[OutreachEvent]:
    return scope.own() if is_own else scope.events()


def _whole(found: Select[OutreachEvent]) -> Select[OutreachEvent]:
    return found.options(
        joinedload(_E.region, innerjoin=True).joinedload(Region.parent),
        joinedload(_E.office, innerjoin=True),
        selectinload(_E.targets),
    )


def _key_of(row: OutreachEvent) -> str:
    return day_key(row.happens_on, row.id)


def event_counts(actor: Actor, chosen: OutreachFilter, *, today: date) -> dict[str, int]:
    """Count for the chips: each view within the other filters, up to 1,001 each. 1 statement."""
    parts = []
    for view in ("", *VIEWS):
        few = (
            outreach_scope(actor)
            .events()
            .where(*conditions(replace(chosen, view=view), today))
            .with_only_columns(_E.id)
            .limit(limits.COUNT_STOPS_AT)
            .subquery()
        )
        counted: Any = select(literal(view or "all", String).label("name"), func.count().label("number"))
        parts.append(counted.select_from(few))
    return {row.name: row.number for row in db.session.execute(union_all(*parts))}


def years_of(actor: Actor) -> tuple[int, int] | None:
    """Return the years of the first and the last event one sees; None where there is none. 1 statement."""
    seen = outreach_scope(actor).events().with_only_columns(func.min(_E.happens_on), func.max(_E.happens_on))
    first, last = db.session.execute(seen).one()
    return (first.year, last.year) if first and last else None


def watched_provinces(actor: Actor, day: date) -> list[tuple[str, str]]:
    """Return code and name of the provinces over which one's offices watch, by name. 1 statement.

    The head office watches over those that have no representative of their own.
    """
    offices = outreach_scope(actor).offices
    taken = select(Jurisdiction.province_id).where(Jurisdiction.holds_on(day))
    heads = select(RepresentativeOffice.id).where(
        RepresentativeOffice.id.in_(offices), RepresentativeOffice.kind == OfficeKind.OMBUDSMAN_HEAD_OFFICE
    )
    own = taken.where(Jurisdiction.representative_id.in_(offices))
    rows = db.session.execute(
        select(Region.code, Region.name)
        .where(
            Region.level == RegionLevel.PROVINCE,
            Region.valid_to.is_(None),
            Region.id.in_(own) | (heads.exists() & Region.id.not_in(taken)),
        )
        .order_by(Region.name)
    )
    return [(row[0], row[1]) for row in rows]
