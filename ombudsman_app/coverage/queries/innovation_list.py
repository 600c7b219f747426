"""Innovations by keyset, the last written down first: all for the staff, released ones for everybody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, String, func, literal, select, union_all

from ombudsman_app.core import limits
from ombudsman_app.core.db import db
from ombudsman_app.coverage.innovations import InnovationStatus
from ombudsman_app.coverage.models import (
    Innovation,
    InnovationEvaluation,
    InnovationFacts,
    InnovationStatement,
)
from ombudsman_app.coverage.states import Standing
from ombudsman_app.directory.models import Region
from ombudsman_app.web.paging import Page, page_back, page_on, read_id

_PLACE = Region.__table__.alias("place_of_innovation")
_ABOVE = Region.__table__.alias("province_of_innovation")
_TABLES: tuple[Any, ...] = (InnovationFacts, InnovationStatement, InnovationEvaluation)
ALL, WAITING, HIDDEN = "all", "waiting", "hidden"
VIEWS = (ALL, WAITING, HIDDEN)
IN_A_PLACE = 20  # that the page of a place names; more stand in the list


@dataclass(frozen=True)
class InnovationFilter:
    """What an address asks for, already checked; all of it can be combined. `view`: one of VIEWS."""

    province: str = ""
    region_id: int | None = None
    status: InnovationStatus | None = None
    view: str = ALL
    after: int | None = None
    before: int | None = None

    def said(self) -> dict[str, str]:
        """Return the filter as words of an address, without the place in the list."""
        told = {
            "province": self.province,
            "place": str(self.region_id or ""),
            "status": self.status or "",
            "view": "" if self.view == ALL else self.view,
        }
        return {name: str(value) for name, value in told.items() if value}


@dataclass(frozen=True)
class InnovationRow:
    """One line of a list. `evaluated_on`: of the released evaluation; `waiting`: something waits."""

    id: int
    slug: str
    name: str
    owner: str
    place: str
    province: str
    status: InnovationStatus
    status_on: date | None
    is_public: bool
    evaluated_on: date | None
    waiting: bool


def read_filter(given: Mapping[str, str]) -> InnovationFilter:
    """Read an address; what is no filter asks for nothing (IN4)."""
    province, status, view = given.get("province", ""), given.get("status", ""), given.get("view", "")
    return InnovationFilter(
        province=province if len(province) == 2 and province.isascii() and province.isdecimal() else "",
        region_id=read_id(given.get("place")),
        status=InnovationStatus(status) if status in tuple(InnovationStatus) else None,
        view=view if view in VIEWS else ALL,
        after=read_id(given.get("after")),
        before=read_id(given.get("before")),
    )


def innovations_page(
    chosen: InnovationFilter, *, is_public: bool, limit: int = limits.PAGE_ROWS
) -> Page[InnovationRow]:
    """Return one page; `is_public`: of what was released alone. 1 statement."""
    where, is_back = _conditions(chosen, chosen.view), chosen.before is not None
    if is_public:
        where.append(Innovation.is_public.is_(True))
    if chosen.before is not None:
        where.append(Innovation.id > chosen.before)
    elif chosen.after is not None:
        where.append(Innovation.id < chosen.after)
    order = Innovation.id.asc() if is_back else Innovation.id.desc()
    # the page is chosen first, in an index alone; then its rows are fetched
    ids = select(Innovation.id).where(*where).order_by(order).limit(limit + 1)
    rows = _rows(_lines(is_public=is_public).where(Innovation.id.in_(ids)).order_by(order))
    if is_back:
        return page_back(rows, limit, lambda row: str(row.id))
    return page_on(rows, limit, lambda row: str(row.id), is_first=chosen.after is None)


def innovations_in(code: str) -> Sequence[InnovationRow]:
    """Return the released innovations of a province or of one place in it, the newest first. 1 statement."""
    region = select(Region.id).where(Region.code == code).scalar_subquery()
    here = Innovation.province_code == code if len(code) == 2 else Innovation.region_id == region
    found = _lines(is_public=True).where(here, Innovation.is_public.is_(True))
    return _rows(found.order_by(Innovation.id.desc()).limit(IN_A_PLACE))


def innovation_counts(chosen: InnovationFilter) -> dict[str, int]:
    """Count for the chips: each view within the other filters, up to 1,001 each. 1 statement."""
    parts = []
    for view in VIEWS:
        few = select(Innovation.id).where(*_conditions(chosen, view)).limit(limits.COUNT_STOPS_AT).subquery()
        parts.append(
            select(literal(view, String).label("name"), func.count().label("number")).select_from(few)
        )
    return {row.name: row.number for row in db.session.execute(union_all(*parts))}


def _conditions(chosen: InnovationFilter, view: str) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if chosen.province:
        where.append(Innovation.province_code == chosen.province)
    if chosen.region_id:
        where.append(Innovation.region_id == chosen.region_id)
    if chosen.status:
        where.append(Innovation.status == chosen.status)
    if view == WAITING:
        where.append(Innovation.id.in_(_waiting()))
    if view == HIDDEN:
        where.append(Innovation.is_public.is_(False))
    return where


def _waiting() -> Select[Any]:
    """Return the innovations of which something waits: of the few that do, not of each row."""
    waits = [select(one.innovation_id).where(one.standing == Standing.PROPOSED) for one in _TABLES]
    return select(union_all(*waits).subquery().c.innovation_id)


def _lines(*, is_public: bool) -> Select[Any]:
    waiting = literal(False) if is_public else Innovation.id.in_(_waiting())  # no outsider learns of it
    evaluated = (
        select(InnovationEvaluation.as_of)
        .where(
            InnovationEvaluation.innovation_id == Innovation.id,
            InnovationEvaluation.standing == Standing.CURRENT,
        )
        .order_by(InnovationEvaluation.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(
            Innovation.id,
            Innovation.slug,
            Innovation.name,
            Innovation.owner,
            _PLACE.c.name.label("place"),
            _ABOVE.c.name.label("province"),
            Innovation.status,
            Innovation.status_on,
            Innovation.is_public,
            evaluated.label("evaluated_on"),
            waiting.label("waiting"),
        )
        .join(_PLACE, _PLACE.c.id == Innovation.region_id)
        .join(_ABOVE, _ABOVE.c.code == Innovation.province_code)
    )


def _rows(lines: Select[Any]) -> list[InnovationRow]:
    return [InnovationRow(**row._mapping) for row in db.session.execute(lines)]
