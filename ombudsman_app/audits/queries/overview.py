"""The list of published results: the newest of each office, or those of one round."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ScalarSelect, Select, func, select

from ombudsman_app.audits.models import Audit, AuditCorrection, AuditRound, AuditScheme
from ombudsman_app.audits.states import CorrectionState
from ombudsman_app.core import limits
from ombudsman_app.core.db import db
from ombudsman_app.directory.models import Office, OfficeKind, Region, RegionLevel
from ombudsman_app.directory.queries import offices_named
from ombudsman_app.web.paging import Page

from .published import is_public

PAGE_ROWS = 30
MOST_ROUNDS = 40  # to choose from
_KEY = re.compile(rf"([0-9]{{1,5}})\.([0-9]{{1,{limits.ID_DIGITS}}})", re.ASCII)


@dataclass(frozen=True)
class OverviewFilter:
    """What is asked for; what is empty asks for nothing."""

    kind: OfficeKind | None = None
    province: str = ""
    round_slug: str = ""
    text: str = ""
    after: str = ""


@dataclass(frozen=True)
class ResultRow:
    """One office with its result."""

    audit_id: int
    office_slug: str
    office_name: str
    province: str | None
    kind: OfficeKind
    hundredths: int
    category: str | None
    zone: str | None
    published_on: date
    round_slug: str
    round_title: str
    is_demo: bool
    scheme: str
    corrected_on: date | None

    @property
    def total(self) -> Decimal:
        return Decimal(self.hundredths).scaleb(-2)


@dataclass(frozen=True)
class ZoneCount:
    """How many offices of a kind in a province stand in one zone."""

    kind: OfficeKind
    province_code: str | None
    province: str | None
    zone: str | None
    number: int


@dataclass(frozen=True)
class RoundChoice:
    """A round with published results."""

    slug: str
    title: str
    period_until: date
    number: int


@dataclass(frozen=True)
class Overview:
    """The page: its rows, the counts of all zones, the rounds to choose from."""

    page: Page[ResultRow]
    zones: Sequence[ZoneCount]
    rounds: Sequence[RoundChoice]


def overview(asked: OverviewFilter) -> Overview:
    """Return published results by total, best first. 3 statements, 4 where words are searched."""
    rounds = published_rounds()
    return Overview(_rows(asked), _zones(asked.round_slug), rounds)


def published_rounds() -> list[RoundChoice]:
    """Return the newest rounds with published results. 1 statement."""
    rows = db.session.execute(
        select(AuditRound.slug, AuditRound.title, AuditRound.period_until, func.count())
        .join(Audit, Audit.round_id == AuditRound.id)
        .where(is_public())
        .group_by(AuditRound.id)
        .order_by(AuditRound.period_until.desc(), AuditRound.id.desc())
        .limit(MOST_ROUNDS)
    )
    return [RoundChoice(*row) for row in rows]


def _newest(round_slug: str) -> Select[*tuple[Any, ...]]:
    """Select the ids of published audits: of one round, or the newest of each office."""
    if round_slug:
        return select(Audit.id).join(Audit.round).where(is_public(), AuditRound.slug == round_slug)
    place = (
        func.row_number()
        .over(partition_by=Audit.office_id, order_by=(AuditRound.period_until.desc(), Audit.id.desc()))
        .label("place")
    )
    ranked = select(Audit.id, place).join(Audit.round).where(is_public()).subquery()
    return select(ranked.c.id).where(ranked.c.place == 1)


def _zones(round_slug: str) -> list[ZoneCount]:
    rows = db.session.execute(
        select(Audit.office_kind, Office.province_code, Region.name, Audit.zone, func.count())
        .join(Audit.office)
        .outerjoin(Region, (Region.code == Office.province_code) & (Region.level == RegionLevel.PROVINCE))
        .where(Audit.id.in_(_newest(round_slug)))
        .group_by(Audit.office_kind, Office.province_code, Region.name, Audit.zone)
        .order_by(Region.name, Audit.zone)
    )
    return [ZoneCount(*row) for row in rows]


def all_results(asked: OverviewFilter) -> list[ResultRow]:
    """Return all published results that are asked for, best first. 1 statement, 2 with a search."""
    found = _select(asked)
    return [] if found is None else [ResultRow(*row) for row in db.session.execute(found)]


def _corrected_on() -> ScalarSelect[date | None]:
    """Select the day of the last correction of a result."""
    return (
        select(func.max(AuditCorrection.corrected_on))
        .where(AuditCorrection.audit_id == Audit.id, AuditCorrection.state == CorrectionState.RELEASED)
        .correlate(Audit)
        .scalar_subquery()
    )


def _select(asked: OverviewFilter) -> Select[*tuple[Any, ...]] | None:
    """Select the rows that are asked for; None where no office has that name."""
    found: Select[*tuple[Any, ...]] = (
        select(
            Audit.id,
            Office.slug,
            Office.short_name,
            Region.name,
            Audit.office_kind,
            Audit.hundredths,
            Audit.category,
            Audit.zone,
            Audit.published_on,
            AuditRound.slug,
            AuditRound.title,
            AuditRound.is_demo,
            AuditScheme.key,
            _corrected_on(),
        )
        .join(Audit.office)
        .join(Audit.round)
        .join(Audit.scheme)
        .outerjoin(Region, (Region.code == Office.province_code) & (Region.level == RegionLevel.PROVINCE))
        .where(Audit.id.in_(_newest(asked.round_slug)))
        .order_by(Audit.hundredths.desc(), Audit.id)
    )
    if asked.kind:
        found = found.where(Audit.office_kind == asked.kind)
    if asked.province:
        found = found.where(Office.province_code == asked.province)
    if asked.text:
        named = offices_named(asked.text)
        if named is None:
            return None
        found = found.where(Audit.office_id.in_(named))
    return found


def _rows(asked: OverviewFilter) -> Page[ResultRow]:
    found = _select(asked)
    if found is None:
        return Page([])
    if key := _KEY.fullmatch(asked.after):
        total, last = int(key[1]), int(key[2])
        found = found.where((Audit.hundredths < total) | ((Audit.hundredths == total) & (Audit.id > last)))
    rows = [ResultRow(*row) for row in db.session.execute(found.limit(PAGE_ROWS + 1))]
    shown = rows[:PAGE_ROWS]
    more = f"{shown[-1].hundredths}.{shown[-1].audit_id}" if len(rows) > PAGE_ROWS else None
    return Page(shown, more)
