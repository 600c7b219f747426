"""The proposals of one list: how many, what is odd, what they add up to; and the lists that wait."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Select, Text, cast, func, or_, select
from sqlalchemy.orm import joinedload

from ombudsman_app.core import limits
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.coverage.figure_policies import READERS
from ombudsman_app.coverage.models import CoverageFigure
from ombudsman_app.coverage.states import Definition, Level, Part, Standing
from ombudsman_app.imports.models import ImportRun
from ombudsman_app.imports.states import RunState
from ombudsman_app.web.paging import Page, page_of, read_id

KIND = "coverage"
_SHOWN = 60
_PEOPLE = (
    joinedload(ImportRun.source, innerjoin=True),
    joinedload(ImportRun.made_by, innerjoin=True),
    joinedload(ImportRun.applied_by),
)


class SumLine(NamedTuple):
    """What the places of one level add up to on one day. `without`: places with a percentage alone."""

    definition: Definition | None
    part: Part
    programme: str
    as_of: date | None
    level: Level
    places: int
    numerator: int | None
    denominator: int | None
    without: int


class Revision(NamedTuple):
    """A proposal, and what it revises (None: nothing)."""

    figure: CoverageFigure
    old: CoverageFigure | None


@dataclass(frozen=True)
class ImportPage:
    """`counts`: by standing. `odd`: proposals with something to be told; `revisions`: with the old values."""

    counts: dict[Standing, int]
    odd: list[CoverageFigure]
    revisions: list[Revision]
    sums: list[SumLine]
    revised: int

    @property
    def waiting(self) -> int:
        return self.counts.get(Standing.PROPOSED, 0)


def visible_import(actor: Actor, run_id: int) -> ImportRun | None:
    """Return a list of figures that reached the register, for readers of its office. 1 statement."""
    return db.session.scalar(imports_seen(actor).where(ImportRun.id == run_id).options(*_PEOPLE))


def imports_page(actor: Actor, after: str | None) -> Page[ImportRun]:
    """Return a page of such lists, the newest first. 1 statement."""
    behind = read_id(after)
    rows = imports_seen(actor).options(*_PEOPLE).order_by(ImportRun.id.desc()).limit(limits.PAGE_ROWS + 1)
    if behind:
        rows = rows.where(ImportRun.id < behind)
    found = list(db.session.scalars(rows))
    return page_of(found, limits.PAGE_ROWS, lambda run: str(run.id), after=after if behind else None)


def waiting_of(runs: Sequence[ImportRun]) -> dict[int, int]:
    """Return how many proposals of each of these lists wait. 1 statement."""
    rows = db.session.execute(
        select(CoverageFigure.import_id, func.count())
        .where(
            CoverageFigure.import_id.in_([run.id for run in runs]),
            CoverageFigure.standing == Standing.PROPOSED,
        )
        .group_by(CoverageFigure.import_id)
    )
    return {run_id: count for run_id, count in rows if run_id is not None}


def import_page(run: ImportRun) -> ImportPage:
    """Return what is decided on. 5 statements."""
    mine = CoverageFigure.import_id == run.id
    counted = db.session.execute(
        select(CoverageFigure.standing, func.count(), func.count(CoverageFigure.supersedes_id))
        .where(mine)
        .group_by(CoverageFigure.standing)
    ).all()
    odd = select(CoverageFigure).where(
        mine, or_(cast(CoverageFigure.flags, Text) != "[]", CoverageFigure.note != "")
    )
    revising = select(CoverageFigure).where(mine, CoverageFigure.supersedes_id.is_not(None))
    news = list(db.session.scalars(revising.order_by(CoverageFigure.id).limit(_SHOWN)))
    olds = {one.id: one for one in _by_ids({new.supersedes_id for new in news})}
    return ImportPage(
        {row[0]: row[1] for row in counted},
        list(db.session.scalars(odd.order_by(CoverageFigure.id).limit(_SHOWN))),
        [Revision(new, olds.get(new.supersedes_id or 0)) for new in news],
        _sums(mine),
        sum(row[2] for row in counted),
    )


def _by_ids(ids: set[Any]) -> list[CoverageFigure]:
    return list(db.session.scalars(select(CoverageFigure).where(CoverageFigure.id.in_(ids)))) if ids else []


def _sums(mine: Any) -> list[SumLine]:
    kinds = (
        CoverageFigure.definition,
        CoverageFigure.part,
        CoverageFigure.programme,
        CoverageFigure.as_of,
        CoverageFigure.level,
    )
    counts = (
        func.count(),
        func.sum(CoverageFigure.numerator),
        func.sum(CoverageFigure.denominator),
        func.count() - func.count(CoverageFigure.numerator),
    )
    rows = (
        select(*kinds, *counts).where(mine).group_by(*kinds).order_by(CoverageFigure.as_of.desc(), *kinds[:3])
    )
    return [SumLine._make(row) for row in db.session.execute(rows.limit(_SHOWN))]


def imports_seen(actor: Actor) -> Select[ImportRun]:
    """Lists of figures of the offices where this person reads them, once they are in the register."""
    return select(ImportRun).where(
        ImportRun.kind == KIND,
        ImportRun.state == RunState.APPLIED,
        ImportRun.representative_office_id.in_(sorted(actor.offices_as(*READERS))),
    )
