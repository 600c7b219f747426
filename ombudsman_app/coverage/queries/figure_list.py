"""Figures as the staff lists them, the newest first, by keyset."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.coverage.figure_policies import DECIDERS, READERS
from ombudsman_app.coverage.measure_codes import measure_code, measure_from
from ombudsman_app.coverage.models import CoverageFigure, CoverageSource
from ombudsman_app.coverage.place_levels import LEVEL_OF
from ombudsman_app.coverage.scope import scope
from ombudsman_app.coverage.states import Standing
from ombudsman_app.directory.models import Region
from ombudsman_app.web.paging import Page, page_back, page_on, read_id

from .figures import Measure

SIZE, MOST_WAITING = 25, 1_000


@dataclass(frozen=True)
class FigureFilter:
    """What an address asks for, already checked. `province`: the code of a province, or ID."""

    province: str = ""
    measure: Measure | None = None
    standing: Standing | None = None
    after: int | None = None
    before: int | None = None

    def said(self) -> dict[str, str]:
        """Return the filter as words of an address, without the place in the list."""
        told = {
            "province": self.province,
            "measure": measure_code(self.measure) if self.measure else "",
            "standing": str(self.standing or ""),
        }
        return {name: value for name, value in told.items() if value}


def read_figure_filter(given: Mapping[str, str]) -> FigureFilter:
    """Read an address; what is no filter asks for nothing (IN4)."""
    code, province, standing = given.get("measure", "")[:80], given.get("province", ""), given.get("standing")
    return FigureFilter(
        province=province if province == "ID" or (len(province) == 2 and province.isdecimal()) else "",
        measure=measure_from(code, []) if code else None,
        standing=Standing(standing) if standing in tuple(Standing) else None,
        after=read_id(given.get("after")),
        before=read_id(given.get("before")),
    )


def figures_page(actor: Actor, chosen: FigureFilter) -> Page[CoverageFigure]:
    """Return a page of what this person may see, with sources. 1 statement."""
    rows = _narrowed(scope(actor).figures(), chosen)
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


def waiting_figures(actor: Actor) -> int:
    """Return how many proposals wait for this person; one more than 1,000 at most. 1 statement."""
    offices = actor.offices_as(*DECIDERS)
    if not offices:
        return 0
    waiting = (
        select(CoverageFigure.id)
        .where(
            CoverageFigure.standing == Standing.PROPOSED,
            CoverageFigure.representative_office_id.in_(sorted(offices)),
        )
        .limit(MOST_WAITING + 1)
    )
    return db.session.scalar(select(func.count()).select_from(waiting.subquery())) or 0


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
    if chosen.standing:
        rows = rows.where(CoverageFigure.standing == chosen.standing)
    return rows
