"""Released figures: the newest of each place, the days of one place, and which days there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select

from ombudsman_app.core.db import db
from ombudsman_app.coverage.models import (
    BoundarySet,
    CoverageFigure,
    CoverageSource,
    CoverageTarget,
    Innovation,
    OutreachEntry,
)
from ombudsman_app.coverage.scope import RELEASED
from ombudsman_app.coverage.states import Definition, FigureStatus, Level, Part, Standing

_FLAGS = 10  # the place of the flags among the columns


@dataclass(frozen=True)
class Measure:
    """What is compared: one definition, one part, one programme. Figures of two measures never meet."""

    definition: Definition
    part: Part = Part.WHOLE
    programme: str = ""

    def holds(self) -> ColumnElement[bool]:
        """Return the condition that a released figure is of this measure."""
        return and_(
            CoverageFigure.standing == Standing.CURRENT,
            CoverageFigure.definition == self.definition,
            CoverageFigure.part == self.part,
            CoverageFigure.programme == self.programme,
        )


@dataclass(frozen=True)
class Shown:
    """One figure as pages, papers and files show it. `gap`: denominator less numerator, in persons.

    `percent` has four decimals and is shown with two, or as `quoted` with `quoted_places`.
    """

    id: int
    place_code: str
    place_name: str
    as_of: date | None
    numerator: int | None
    denominator: int | None
    quoted: Decimal | None
    quoted_places: int | None
    percent: Decimal | None
    status: FigureStatus
    flags: tuple[str, ...]
    unit: str
    source_id: int
    source_key: str | None
    source_title: str

    @property
    def gap(self) -> int | None:
        if self.numerator is None or self.denominator is None:
            return None
        return self.denominator - self.numerator


def newest_figures(
    measure: Measure, level: Level, *, province: str | None = None, on: date | None = None
) -> list[Shown]:
    """Return the newest dated figure of each place, by its code; of one day the computed one. 1 statement.

    `on`: as things stood on that day. `province`: its regencies alone, by the borders of today. An undated
    figure is never the newest.
    """
    inside = _inside(measure, level, province, on)
    newest = (
        select(CoverageFigure.place_code, func.max(CoverageFigure.as_of).label("as_of"))
        .where(*inside)
        .group_by(CoverageFigure.place_code)
        .subquery()
    )
    rows = _columns().join(
        newest,
        and_(
            newest.c.place_code == CoverageFigure.place_code,
            newest.c.as_of == CoverageFigure.as_of,
        ),
    )
    found = db.session.execute(rows.where(*inside).order_by(CoverageFigure.place_code, CoverageFigure.id))
    best: dict[str, Shown] = {}
    for row in found:
        shown = shown_of(row)
        before = best.get(shown.place_code)
        if before is None or _is_surer(shown, before):
            best[shown.place_code] = shown
    return list(best.values())


def figures_of(measure: Measure, place_code: str) -> list[Shown]:
    """Return all released figures of one place, oldest first; undated ones at the end. 1 statement."""
    rows = _columns().where(measure.holds(), CoverageFigure.place_code == place_code)
    order = (CoverageFigure.as_of.is_(None), CoverageFigure.as_of, CoverageFigure.id)
    return [shown_of(row) for row in db.session.execute(rows.order_by(*order))]


def days_of(measure: Measure, level: Level, *, province: str | None = None) -> list[date]:
    """Return the days for which places of a level have figures, the newest first. 1 statement."""
    days = (
        select(CoverageFigure.as_of)
        .where(*_inside(measure, level, province, None))
        .distinct()
        .order_by(CoverageFigure.as_of.desc())
    )
    return [day for day in db.session.scalars(days) if day is not None]


def measures_held(level: Level | None = None) -> list[Measure]:
    """Return the measures for which there are released figures, in the order of the file. 1 statement."""
    kinds = (CoverageFigure.definition, CoverageFigure.part, CoverageFigure.programme)
    rows = (
        select(*kinds)
        .where(
            CoverageFigure.standing == Standing.CURRENT,
            CoverageFigure.definition.is_not(None),
            CoverageFigure.level == level if level else CoverageFigure.id.is_not(None),
        )
        .distinct()
    )
    held = [Measure(row[0], row[1], row[2]) for row in db.session.execute(rows) if row[0] is not None]
    definitions, parts = list(Definition), list(Part)
    return sorted(
        held, key=lambda one: (definitions.index(one.definition), parts.index(one.part), one.programme)
    )


def released_figures(*, after: int = 0, most: int = 5_000) -> list[CoverageFigure]:
    """Return figures that were ever released, by id, for the open data. 1 statement."""
    rows = (
        select(CoverageFigure)
        .where(CoverageFigure.standing.in_(RELEASED), CoverageFigure.id > after)
        .order_by(CoverageFigure.id)
        .limit(most)
    )
    return list(db.session.scalars(rows))


def released_sources() -> list[CoverageSource]:
    """Return the sources of released figures, by id. 1 statement."""
    named = select(CoverageFigure.source_id).where(CoverageFigure.standing.in_(RELEASED))
    rows = select(CoverageSource).where(CoverageSource.id.in_(named)).order_by(CoverageSource.id)
    return list(db.session.scalars(rows))


def figures_stamp() -> tuple[Any, ...]:
    """Return what changes when a released figure, a target, a map, an innovation or outreach does.

    1 statement, no walk.
    """
    newest = (
        select(func.max(CoverageFigure.id)),
        select(func.max(CoverageFigure.decided_at)),
        select(func.max(CoverageTarget.id)),
        select(func.max(BoundarySet.imported_at)),
        select(func.max(OutreachEntry.id)),
        select(func.max(Innovation.changed_at)),
    )
    return tuple(db.session.execute(select(*(one.scalar_subquery() for one in newest))).one())


def targets_of(definition: Definition, places: Sequence[str] = ()) -> list[CoverageTarget]:
    """Return targets, the newest year first; `places`: of these alone. 1 statement."""
    wanted = select(CoverageTarget).where(CoverageTarget.definition == definition)
    if places:
        wanted = wanted.where(CoverageTarget.place_code.in_(places))
    order = (CoverageTarget.year.desc(), CoverageTarget.place_code)
    return list(db.session.scalars(wanted.order_by(*order)))


def _inside(
    measure: Measure, level: Level, province: str | None, on: date | None
) -> list[ColumnElement[bool]]:
    conditions = [measure.holds(), CoverageFigure.level == level, CoverageFigure.as_of.is_not(None)]
    if province:  # a range of the index; regencies bear the code of their province today
        conditions.append(CoverageFigure.place_code >= province)
        conditions.append(CoverageFigure.place_code < f"{province}~")
    if on:
        conditions.append(CoverageFigure.as_of <= on)
    return conditions


def _columns() -> Select[Any]:
    columns: Any = select(
        CoverageFigure.id,
        CoverageFigure.place_code,
        CoverageFigure.place_name,
        CoverageFigure.as_of,
        CoverageFigure.numerator,
        CoverageFigure.denominator,
        CoverageFigure.quoted,
        CoverageFigure.quoted_places,
        CoverageFigure.percent,
        CoverageFigure.status,
        CoverageFigure.flags,
        CoverageFigure.unit,
        CoverageFigure.source_id,
        CoverageSource.key,
        CoverageSource.title,
    )
    joined: Select[Any] = columns.join(CoverageSource, CoverageSource.id == CoverageFigure.source_id)
    return joined


def shown_of(row: Any) -> Shown:
    """Return a row of `_columns()` as a value."""
    told = list(row)
    told[_FLAGS] = tuple(told[_FLAGS] or ())
    return Shown(*told)


def _is_surer(one: Shown, other: Shown) -> bool:
    """Of one place and day: a figure with its counts before a quoted one, then the later one."""
    ranks = [(shown.status is FigureStatus.COMPUTED, shown.id) for shown in (one, other)]
    return ranks[0] > ranks[1]
