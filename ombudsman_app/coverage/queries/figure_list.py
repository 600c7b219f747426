"""Figures as the staff lists them, the newest first, by keyset."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import ColumnElement, Select, String, Text, cast, func, literal, or_, select
from sqlalchemy.orm import joinedload

from ombudsman_app.core import limits
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.coverage.figure_policies import DECIDERS, READERS
from ombudsman_app.coverage.measure_codes import measure_code, measure_from
from ombudsman_app.coverage.models import CoverageFigure, CoverageSource
from ombudsman_app.coverage.place_levels import LEVEL_OF
from ombudsman_app.coverage.scope import is_own_figure, scope
from ombudsman_app.coverage.states import ODD, Standing
from ombudsman_app.directory.models import Region
from ombudsman_app.web.paging import Page, page_back, page_on, read_id

from .figures import Measure

SIZE = 25
HOME = "staff.coverage.figures"


@dataclass(frozen=True)
class FigureFilter:
    """What an address asks for, already checked. `province`: the code of a province, or ID.

    `is_odd`: with something to be known beside the number; `is_mine`: what this person can decide on.
    """

    province: str = ""
    measure: Measure | None = None
    standing: Standing | None = None
    source: int | None = None
    is_odd: bool = False
    is_mine: bool = False
    after: int | None = None
    before: int | None = None

    def said(self) -> dict[str, str]:
        """Return the filter as words of an address, without the place in the list."""
        told = {
            "province": self.province,
            "measure": measure_code(self.measure) if self.measure else "",
            "standing": str(self.standing or ""),
            "source": str(self.source or ""),
            "odd": "yes" if self.is_odd else "",
            "mine": "yes" if self.is_mine else "",
        }
        return {name: value for name, value in told.items() if value}


def read_figure_filter(given: Mapping[str, str]) -> FigureFilter:
    """Read an address; what is no filter asks for nothing (IN4)."""
    code, province, standing = given.get("measure", "")[:80], given.get("province", ""), given.get("standing")
    return FigureFilter(
        province=province if province == "ID" or (len(province) == 2 and province.isdecimal()) else "",
        measure=measure_from(code, []) if code else None,
        standing=Standing(standing) if standing in tuple(Standing) else None,
        source=read_id(given.get("source")),
        is_odd=given.get("odd") == "yes",
        is_mine=given.get("mine") == "yes",
        after=read_id(given.get("after")),
        before=read_id(given.get("before")),
    )


def figures_page(actor: Actor, chosen: FigureFilter) -> Page[CoverageFigure]:
    """Return a page of what this person may see, with sources. 1 statement."""
    rows = _narrowed(scope(actor).figures(), chosen)
    if chosen.is_mine:
        rows = rows.where(*_waits_for(actor))
    rows = rows.options(joinedload(CoverageFigure.source, innerjoin=True)).limit(SIZE + 1)
    if chosen.before is not None:
        found = list(
            db.session.scalars(rows.where(CoverageFigure.id > chosen.before).order_by(CoverageFigure.id))
        )
        return page_back(found, SIZE, lambda row: str(row.id))
    if chosen.after is not None:
        rows = rows.where(CoverageFigure.id < chosen.after)
    found = list(db.session.scalars(rows.order_by(CoverageFigure.id.desc())))
    return page_on(found, SIZE, lambda row: str(row.id), is_first=chosen.after is None)


def waiting_part(actor: Actor) -> Select[str, int] | None:
    """Select (name, number) of what waits for this person, to stand beside other counts of a menu."""
    if not actor.offices_as(*DECIDERS):
        return None
    few = select(literal(1)).where(*_waits_for(actor)).limit(limits.COUNT_STOPS_AT).subquery()
    return select(literal(HOME, String).label("name"), func.count().label("number")).select_from(few)


@lru_cache(maxsize=64)
def _waiting(actor: Actor) -> Select[str, int] | None:
    return waiting_part(actor)


def waiting_figures(actor: Actor) -> int:
    """Count the proposals that this person can decide on, up to 1,001: not the own ones. ≤ 1 statement."""
    counting = _waiting(actor)
    return 0 if counting is None else db.session.execute(counting).one()[1]


def _waits_for(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return (
        CoverageFigure.standing == Standing.PROPOSED,
        CoverageFigure.representative_office_id.in_(sorted(actor.offices_as(*DECIDERS))),
        ~is_own_figure(actor),
    )


def is_own(actor: Actor, figure: CoverageFigure) -> bool:
    """Tell whether another person must decide on it. 0 statements, 1 for a figure of a list."""
    if figure.import_id is None or figure.made_by_id == actor.user_id:
        return figure.made_by_id == actor.user_id
    asked = select(CoverageFigure.id).where(CoverageFigure.id == figure.id, is_own_figure(actor))
    return db.session.scalar(asked) is not None


def visible_figure(actor: Actor, figure_id: int) -> CoverageFigure | None:
    """Return a figure for somebody who reads figures, with its source; None: no such one. 1 statement."""
    if not actor.offices_as(*READERS):
        return None
    found: CoverageFigure | None = db.session.scalar(
        scope(actor)
        .figures()
        .where(CoverageFigure.id == figure_id)
        .options(joinedload(CoverageFigure.source, innerjoin=True))
    )
    return found


def sources_to_choose(actor: Actor, most: int = 200) -> list[CoverageSource]:
    """Return sources that are shipped or of the own offices, the newest first. 1 statement.

    What another office has written down may not be released yet, so its title is not shown (AZ3).
    """
    own = CoverageSource.representative_office_id.in_(sorted(actor.offices_as(*READERS)))
    rows = select(CoverageSource).where(CoverageSource.representative_office_id.is_(None) | own)
    return list(db.session.scalars(rows.order_by(CoverageSource.id.desc()).limit(most)))


def places_to_choose() -> list[tuple[str, str]]:
    """Return code and name of the nation, every province, regency and city. 1 statement."""
    rows = select(Region.code, Region.name).where(Region.level.in_(LEVEL_OF), Region.valid_to.is_(None))
    return [("ID", "Indonesia"), *db.session.execute(rows.order_by(Region.code)).all()]


def _narrowed(rows: Select[CoverageFigure], chosen: FigureFilter) -> Select[CoverageFigure]:
    if chosen.province == "ID":
        rows = rows.where(CoverageFigure.place_code == "ID")
    elif chosen.province:
        rows = rows.where(
            CoverageFigure.place_code >= chosen.province, CoverageFigure.place_code < f"{chosen.province}~"
        )
    if chosen.measure:
        rows = rows.where(
            CoverageFigure.definition == chosen.measure.definition, CoverageFigure.part == chosen.measure.part
        )
    if chosen.source:
        rows = rows.where(CoverageFigure.source_id == chosen.source)
    if chosen.is_odd:
        flags = cast(CoverageFigure.flags, Text)
        rows = rows.where(flags != "[]", or_(*(flags.contains(f'"{flag}"') for flag in ODD)))
    if chosen.standing:
        rows = rows.where(CoverageFigure.standing == chosen.standing)
    return rows
