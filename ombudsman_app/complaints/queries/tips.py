"""Information without identity, for the office: the list by keyset, its counts, one page."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    String,
    bindparam,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.orm import joinedload

from ombudsman_app.complaints.models import InformationTip
from ombudsman_app.complaints.scope import scope
from ombudsman_app.complaints.states import TipState
from ombudsman_app.core import limits
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.directory.models import Office
from ombudsman_app.web.paging import Page, page_back, page_on

_OFFICE = Office.__table__
_COLUMNS = (
    InformationTip.id,
    InformationTip.ticket,
    InformationTip.state,
    InformationTip.substance,
    InformationTip.urgency,
    InformationTip.awaits_office,
    InformationTip.received_on,
    _OFFICE.c.slug,
    _OFFICE.c.short_name,
)


@dataclass(frozen=True)
class TipFilter:
    """What the address asks for, already checked. All of it can be combined."""

    is_all: bool = False  # those that were used or set aside too
    is_waiting: bool = False  # new, or a message came
    is_urgent: bool = False
    office: str = ""  # slug
    after: int | None = None
    before: int | None = None


@dataclass(frozen=True)
class TipRow:
    """One line of the list: nothing of what was told."""

    id: int
    ticket: str
    state: TipState
    substance: str
    is_urgent: bool
    has_message: bool  # that waits; new information waits as a whole
    received_on: date
    office_slug: str
    office_name: str


@dataclass(frozen=True)
class TipCounts:
    """How many there are, counting up to 1,001 each."""

    open: int
    waiting: int
    all: int


def tips(actor: Actor, chosen: TipFilter, *, limit: int = limits.PAGE_ROWS) -> Page[TipRow]:
    """Return one page of the list, the newest first. 1 statement, whatever the data."""
    rows = [
        TipRow(
            id=row.id,
            ticket=row.ticket,
            state=row.state,
            substance=row.substance,
            is_urgent=row.urgency is not None,
            has_message=row.awaits_office and row.state is not TipState.NEW,
            received_on=row.received_on,
            office_slug=row.slug,
            office_name=row.short_name,
        )
        for row in db.session.execute(_page(actor, chosen, limit + 1))
    ]
    if chosen.before is not None:
        return page_back(rows, limit, _key_of)
    return page_on(rows, limit, _key_of, is_first=chosen.after is None)


@lru_cache(maxsize=256)  # building it costs as much as running it; another right is another one
def _page(actor: Actor, chosen: TipFilter, limit: int) -> Select[*tuple[Any, ...]]:
    """Select up to `limit` lines, nearest to the place in the list first."""
    found = scope(actor).tips().where(*_conditions(chosen))
    order: Any = InformationTip.id.desc()
    if chosen.before is not None:
        found, order = found.where(InformationTip.id > chosen.before), InformationTip.id
    elif chosen.after is not None:
        found = found.where(InformationTip.id < chosen.after)
    return (
        found.with_only_columns(*_COLUMNS)
        .join(_OFFICE, _OFFICE.c.id == InformationTip.office_id)
        .order_by(order)
        .limit(limit)
    )


def _conditions(chosen: TipFilter) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if not chosen.is_all and not chosen.is_waiting:
        where.append(InformationTip.is_open.is_(True))
    if chosen.is_waiting:
        where.append(InformationTip.awaits_office.is_(True))
    if chosen.is_urgent:
        where.append(InformationTip.urgency.is_not(None))
    if chosen.office:
        of_slug = select(_OFFICE.c.id).where(_OFFICE.c.slug == chosen.office)
        where.append(InformationTip.office_id == of_slug.scalar_subquery())
    return where


def _key_of(row: TipRow) -> str:
    return str(row.id)


def tip_counts(actor: Actor) -> TipCounts:
    """Count for the chips above the list. 1 statement; each count stops at 1,001. A count is data (AZ5)."""
    found = {row.name: row.number for row in db.session.execute(_all_counts(actor))}
    return TipCounts(open=found["open"], waiting=found["waiting"], all=found["all"])


@lru_cache(maxsize=64)
def _all_counts(actor: Actor) -> CompoundSelect[str, int]:
    return union_all(
        _counted(actor, "open", TipFilter()),
        _counted(actor, "waiting", TipFilter(is_waiting=True)),
        _counted(actor, "all", TipFilter(is_all=True)),
    )


def waiting_tips(actor: Actor) -> Select[str, int]:
    """Count those that wait for the office, as a part of what the menu counts."""
    return _counted(actor, "waiting_tips", TipFilter(is_waiting=True))


def _counted(actor: Actor, name: str, chosen: TipFilter) -> Select[str, int]:
    seen = scope(actor).tips().where(*_conditions(chosen)).with_only_columns(literal(1).label("one"))
    few = seen.limit(limits.COUNT_STOPS_AT).subquery()
    return select(literal(name, String).label("name"), func.count().label("number")).select_from(few)


def visible_tip(actor: Actor, tip_id: int) -> InformationTip | None:
    """Return the information if this person may see it, with its offices and officer. 1 statement."""
    return db.session.scalar(_visible(actor), {"tip": tip_id})


@lru_cache(maxsize=64)
def _visible(actor: Actor) -> Select[InformationTip]:
    """Build the statement, which costs more than running it; another right is another statement."""
    return (
        scope(actor)
        .tips()
        .where(InformationTip.id == bindparam("tip"))
        .options(
            joinedload(InformationTip.office, innerjoin=True),
            joinedload(InformationTip.counter),
            joinedload(InformationTip.representative_office, innerjoin=True),
            joinedload(InformationTip.officer),
        )
    )
