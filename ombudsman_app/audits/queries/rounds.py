"""Rounds of one's offices, by keyset: the latest period first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import joinedload

from ombudsman_app.audits.models import Audit, AuditRound, InstrumentVersion
from ombudsman_app.audits.scope import scope
from ombudsman_app.audits.states import ENDED, AuditState, RoundState
from ombudsman_app.core import limits
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.directory.models import RepresentativeOffice
from ombudsman_app.web.paging import DayKey, Page, day_key, page_back, page_on

_HANDLING = RepresentativeOffice.__table__


@dataclass(frozen=True)
class RoundFilter:
    """What the address asks for, already checked."""

    year: int | None = None
    state: RoundState | None = None
    after: DayKey | None = None
    before: DayKey | None = None


@dataclass(frozen=True)
class RoundRow:
    """One line. `audits`: without the cancelled ones; `ended`: published."""

    id: int
    title: str
    state: RoundState
    period_from: date
    period_until: date
    is_blind: bool
    is_demo: bool
    office_code: str
    audits: int
    ended: int


def rounds_page(actor: Actor, chosen: RoundFilter, *, limit: int = limits.PAGE_ROWS) -> Page[RoundRow]:
    """Return one page of rounds. 1 statement, whatever the data."""
    place: Any = tuple_(AuditRound.period_from, AuditRound.id)
    order: Any = (AuditRound.period_from, AuditRound.id)
    seen = scope(actor).rounds()
    if chosen.year:
        first, last = date(chosen.year, 1, 1), date(chosen.year, 12, 31)
        seen = seen.where(AuditRound.period_from <= last, AuditRound.period_until >= first)
    if chosen.state:
        seen = seen.where(AuditRound.state == chosen.state)
    if chosen.before is not None:
        seen = seen.where(place > chosen.before)
    else:
        order = tuple(column.desc() for column in order)
        seen = seen if chosen.after is None else seen.where(place < chosen.after)
    found = (
        seen.with_only_columns(
            AuditRound.id,
            AuditRound.title,
            AuditRound.state,
            AuditRound.period_from,
            AuditRound.period_until,
            AuditRound.is_blind,
            AuditRound.is_demo,
            _HANDLING.c.code,
            _number(Audit.state != AuditState.CANCELLED),
            _number(Audit.state == AuditState.PUBLISHED),
        )
        .join(_HANDLING, _HANDLING.c.id == AuditRound.representative_office_id)
        .order_by(*order)
        .limit(limit + 1)
    )
    rows = [RoundRow(*row) for row in db.session.execute(found)]
    if chosen.before is not None:
        return page_back(rows, limit, _key_of)
    return page_on(rows, limit, _key_of, is_first=chosen.after is None)


def _key_of(row: RoundRow) -> str:
    return day_key(row.period_from, row.id)


def _number(which: Any) -> Any:
    """Count the audits of a round, by the index that begins with the round."""
    return (
        select(func.count())
        .select_from(Audit)
        .where(Audit.round_id == AuditRound.id, which)
        .correlate(AuditRound)
        .scalar_subquery()
    )


def visible_round(actor: Actor, round_id: int) -> AuditRound | None:
    """Return a round that this person may see, with office, instrument and scheme. 1 statement."""
    return db.session.scalar(
        scope(actor)
        .rounds()
        .where(AuditRound.id == round_id)
        .options(
            joinedload(AuditRound.representative_office, innerjoin=True),
            joinedload(AuditRound.scheme, innerjoin=True),
            joinedload(AuditRound.instrument_version, innerjoin=True).joinedload(
                InstrumentVersion.instrument, innerjoin=True
            ),
        )
    )


@dataclass(frozen=True)
class StageCounts:
    """How many audits of a round stand at each stage, and how many of them are open."""

    by_state: dict[AuditState, int]

    @property
    def all(self) -> int:
        """Without those that were cancelled."""
        return sum(number for state, number in self.by_state.items() if state is not AuditState.CANCELLED)

    @property
    def open(self) -> int:
        return sum(number for state, number in self.by_state.items() if state not in ENDED)


def stage_counts(actor: Actor, found: AuditRound) -> StageCounts:
    """Count the audits of a round that this person may see, by stage. 1 statement."""
    rows: Sequence[Any] = db.session.execute(
        scope(actor)
        .audits()
        .where(Audit.round_id == found.id)
        .with_only_columns(Audit.state, func.count())
        .group_by(Audit.state)
    ).all()
    return StageCounts({row[0]: row[1] for row in rows})
