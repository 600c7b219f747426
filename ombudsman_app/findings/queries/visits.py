"""Visits and what was seen on them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select, tuple_
from sqlalchemy.orm import joinedload

from ombudsman_app.core import limits
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.directory.models import Office
from ombudsman_app.findings.models import Finding, VisitFinding, VisitObservation
from ombudsman_app.findings.scope import scope
from ombudsman_app.findings.states import FindingState
from ombudsman_app.web.paging import DayKey, Page, day_key, page_back, page_on

_OFFICE = Office.__table__


@dataclass(frozen=True)
class VisitRow:
    """One line of the list of visits."""

    id: int
    office_name: str
    visited_on: date
    seen: str
    is_study_place: bool
    study_until: date | None
    has_source: bool
    is_demo: bool


@dataclass(frozen=True)
class FoundThere:
    """A finding of a visit."""

    id: int
    reference: str
    summary: str
    state: FindingState


@dataclass(frozen=True)
class VisitPage:
    """A visit and the findings that came from it."""

    visit: VisitObservation
    findings: list[FoundThere]


def visits_page(
    actor: Actor, after: DayKey | None, before: DayKey | None, *, limit: int = limits.PAGE_ROWS
) -> Page[VisitRow]:
    """Return visits of one's offices, the latest day first. 1 statement, whatever the data."""
    seen, place = scope(actor).observations(), tuple_(VisitObservation.visited_on, VisitObservation.id)
    order: Any = (VisitObservation.visited_on, VisitObservation.id)
    if before is not None:
        seen = seen.where(place > before)
    else:
        order = tuple(column.desc() for column in order)
        seen = seen if after is None else seen.where(place < after)
    found = (
        seen.with_only_columns(
            VisitObservation.id,
            _OFFICE.c.short_name,
            VisitObservation.visited_on,
            VisitObservation.seen,
            VisitObservation.is_study_place,
            VisitObservation.study_until,
            VisitObservation.source_keys != "",
            VisitObservation.is_demo,
        )
        .join(_OFFICE, _OFFICE.c.id == VisitObservation.office_id)
        .order_by(*order)
        .limit(limit + 1)
    )
    rows = [VisitRow(*row) for row in db.session.execute(found)]
    if before is not None:
        return page_back(rows, limit, _key_of)
    return page_on(rows, limit, _key_of, is_first=after is None)


def _key_of(row: VisitRow) -> str:
    return day_key(row.visited_on, row.id)


def visible_visit(actor: Actor, visit_id: int) -> VisitObservation | None:
    """Return a visit of one's offices with office, counter and who noted it. 1 statement."""
    return db.session.scalar(
        scope(actor)
        .observations()
        .where(VisitObservation.id == visit_id)
        .options(
            joinedload(VisitObservation.office, innerjoin=True),
            joinedload(VisitObservation.representative_office, innerjoin=True),
            joinedload(VisitObservation.counter),
            joinedload(VisitObservation.noted_by),
        )
    )


def visit_page(actor: Actor, visit: VisitObservation) -> VisitPage:
    """Return the page of a visible visit. 1 statement."""
    ids = select(VisitFinding.finding_id).where(VisitFinding.observation_id == visit.id)
    found = (
        scope(actor)
        .findings()
        .where(Finding.id.in_(ids))
        .with_only_columns(Finding.id, Finding.reference, Finding.summary, Finding.state)
        .order_by(Finding.id)
    )
    rows = db.session.execute(found)
    return VisitPage(visit, [FoundThere(row[0], row[1] or "", row[2], row[3]) for row in rows])
