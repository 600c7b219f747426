"""What a row says of a place, as a claim; and what is known of the same place, measure, day and source."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import select

from ombudsman_app.core.db import db
from ombudsman_app.coverage.checks import Claim
from ombudsman_app.coverage.models import CoverageFigure, CoverageSource, SourceKind
from ombudsman_app.coverage.states import Definition, Part, Standing
from ombudsman_app.imports.kinds import Context

from .columns import Row

_day = lru_cache(maxsize=4096)(date.fromisoformat)
_LIVING = (Standing.CURRENT, Standing.PROPOSED)


class Key(NamedTuple):
    """By what two rows of one source speak of the same thing."""

    place: str
    definition: Definition
    part: Part
    programme: str
    as_of: date


class Facts(NamedTuple):
    """What is compared of two statements."""

    numerator: int | None
    denominator: int | None
    quoted: Decimal | None
    quoted_places: int | None
    reason: str
    note: str


@dataclass
class Known:
    """The released figure of a key, and what waits for a decision of it."""

    current: tuple[int, Facts] | None = None
    waiting: list[tuple[int, int | None, Facts]] = field(default_factory=list)


def claim_of(row: Row, definition: Definition, context: Context) -> Claim:
    """Return what a row says."""
    return Claim(
        definition,
        Part(row.part or ""),
        _day(row.as_of) if row.as_of else context.as_of,
        row.numerator,
        row.denominator,
        None if row.percent is None else Decimal(row.percent),
        reason=row.reason or "",
    )


def facts_of(row: Row) -> Facts:
    """Return what is compared of a row."""
    quoted = None if row.percent is None else Decimal(row.percent)
    places = None if quoted is None else len(str(row.percent).partition(".")[2])
    return Facts(row.numerator, row.denominator, quoted, places, row.reason or "", row.note or "")


def source_of(context: Context) -> CoverageSource | None:
    """Return the source of an import of this office, if it was made before. 1 statement."""
    return db.session.scalar(
        select(CoverageSource)
        .where(
            CoverageSource.representative_office_id == context.office_id,
            CoverageSource.title == context.source,
            CoverageSource.kind == SourceKind(context.source_kind),
            CoverageSource.key.is_(None),
        )
        .order_by(CoverageSource.id)
        .limit(1)
    )


def made_source(context: Context) -> CoverageSource:
    """Return the source of an import, made where this office has none of this name. ≤ 2 statements."""
    found = source_of(context)
    if found is None:
        found = CoverageSource(
            kind=SourceKind(context.source_kind),
            title=context.source,
            representative_office_id=context.office_id,
            made_by_id=context.actor.user_id,
            made_at=context.at,
        )
        db.session.add(found)
        db.session.flush()
    return found


def known_of(source_id: int | None, definition: Definition, days: Iterable[date]) -> dict[Key, Known]:
    """Return what one source says on these days, released or waiting. 1 statement."""
    if source_id is None:
        return {}
    given = set(days)
    rows = db.session.execute(
        select(
            CoverageFigure.id,
            CoverageFigure.place_code,
            CoverageFigure.part,
            CoverageFigure.programme,
            CoverageFigure.as_of,
            CoverageFigure.standing,
            CoverageFigure.supersedes_id,
            CoverageFigure.numerator,
            CoverageFigure.denominator,
            CoverageFigure.quoted,
            CoverageFigure.quoted_places,
            CoverageFigure.flag_reason,
            CoverageFigure.note,
        ).where(
            CoverageFigure.source_id == source_id,
            CoverageFigure.definition == definition,
            CoverageFigure.standing.in_(_LIVING),
            CoverageFigure.as_of.in_(given),
        )
    )
    found: dict[Key, Known] = {}
    for one in rows:
        known = found.setdefault(
            Key(one.place_code, definition, one.part, one.programme, one.as_of or date.min), Known()
        )
        facts = _facts(one)
        if one.standing is Standing.CURRENT:
            known.current = (one.id, facts)
        else:
            known.waiting.append((one.id, one.supersedes_id, facts))
    return found


def _facts(one: Any) -> Facts:
    return Facts(one.numerator, one.denominator, one.quoted, one.quoted_places, one.flag_reason, one.note)
