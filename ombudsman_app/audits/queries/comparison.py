"""Offices of one kind beside each other over the rounds; the numbers of a round come from its whole field."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from ombudsman_app.audits.models import Audit, AuditRound, InstrumentVersion
from ombudsman_app.audits.scope import scope
from ombudsman_app.audits.states import AuditState
from ombudsman_app.core import limits
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.directory.models import Office, OfficeKind, Region, RegionLevel
from ombudsman_app.directory.queries import offices_named

from .published import is_public
from .round_field import Cell, Column, Field, Row

MOST_ROUNDS, PAGE_ROWS = 8, 50
_KEY = re.compile(rf"(-?[0-9]{{1,6}})\.([0-9]{{1,{limits.ID_DIGITS}}})", re.ASCII)
_NONE = -100_000  # behind every total and every change


class Order(StrEnum):
    """What a comparison is sorted by."""

    TOTAL = "total"
    NAME = "name"
    CHANGE = "change"


@dataclass(frozen=True)
class ComparisonFilter:
    """Which offices, in which order, from where on."""

    kind: OfficeKind
    province: str = ""
    text: str = ""
    order: Order = Order.TOTAL
    after: str = ""


@dataclass(frozen=True)
class Comparison:
    """Columns oldest first; rows of this page; where it goes on."""

    columns: Sequence[Column]
    rows: Sequence[Row]
    next_key: str | None
    changed: tuple[int, int] | None  # the ids of the rounds between which `change` sorts

    @property
    def last(self) -> Column | None:
        return self.columns[-1] if self.columns else None


def kinds_compared(shown: ColumnElement[bool]) -> list[OfficeKind]:
    """Return the kinds of offices of which there are results, most offices first. 1 statement."""
    rows = db.session.execute(
        select(Audit.office_kind)
        .where(shown)
        .group_by(Audit.office_kind)
        .order_by(func.count().desc(), Audit.office_kind)
    )
    return [row[0] for row in rows]


def for_everybody() -> ColumnElement[bool]:
    """Published results alone."""
    return is_public()


def for_staff(actor: Actor) -> ColumnElement[bool]:
    """Published results, and final ones that this person sees."""
    seen = scope(actor).audits().with_only_columns(Audit.id)
    return or_(is_public(), and_(Audit.state == AuditState.FINAL, Audit.id.in_(seen)))


def comparison(
    asked: ComparisonFilter, shown: ColumnElement[bool], *, size: int | None = PAGE_ROWS
) -> Comparison:
    """Compare offices over the newest rounds. 4 statements, whatever the number of offices and rounds.

    `shown`: which results the reader may see. `size` None: all offices, for a sheet.
    """
    where = _chosen(asked)
    if where is None:
        return Comparison([], [], None, None)
    rounds = _rounds(asked.kind, shown, where)
    fields = _fields([one.id for one in rounds], asked.kind, shown)
    columns = [
        Column(one, fields[one.id], place > 0 and _regime(one) != _regime(rounds[place - 1]))
        for place, one in enumerate(rounds)
    ]
    changed = _changed(columns)
    rows: list[Any] = []
    next_key: str | None = None
    if columns:
        value = _value(asked.order, columns, changed, shown)
        rounds_shown = [column.round.id for column in columns]
        rows, next_key = _cut(_offices(asked.kind, rounds_shown, value, shown, where), asked.after, size)
    cells = _cells([row.id for row in rows], columns, asked.kind, shown)
    found = [
        Row(row.id, row.slug, row.short_name, row.province, _of_office(cells[row.id], columns))
        for row in rows
    ]
    return Comparison(columns, found, next_key, changed)


def _regime(round_: AuditRound) -> tuple[int, int]:
    return round_.scheme_id, round_.instrument_version_id


def _chosen(asked: ComparisonFilter) -> list[ColumnElement[bool]] | None:
    """Say which offices; None: the text holds no word, so there are none."""
    where: list[ColumnElement[bool]] = []
    if asked.province:
        where.append(Office.province_code == asked.province)
    if asked.text:
        named = offices_named(asked.text)
        if named is None:
            return None
        where.append(Office.id.in_(named))
    return where


def _rounds(
    kind: OfficeKind, shown: ColumnElement[bool], where: Sequence[ColumnElement[bool]]
) -> list[AuditRound]:
    held = select(Audit.round_id).where(Audit.office_kind == kind, Audit.hundredths.is_not(None), shown)
    if where:
        held = held.join(Audit.office).where(*where)
    found = db.session.scalars(
        select(AuditRound)
        .where(AuditRound.id.in_(held))
        .order_by(AuditRound.period_until.desc(), AuditRound.id.desc())
        .limit(MOST_ROUNDS)
        .options(
            joinedload(AuditRound.scheme, innerjoin=True),
            joinedload(AuditRound.instrument_version, innerjoin=True)
            .defer(InstrumentVersion.content)
            .joinedload(InstrumentVersion.instrument, innerjoin=True),
        )
    ).all()
    return list(reversed(found))


def _fields(rounds: Sequence[int], kind: OfficeKind, shown: ColumnElement[bool]) -> dict[int, Field]:
    """Read three numbers of every office of the rounds: one range of one index each, no row is read."""
    low = func.coalesce(Audit.low_hundredths, Audit.hundredths)
    high = func.coalesce(Audit.high_hundredths, Audit.hundredths)
    fields: dict[int, Field] = defaultdict(Field)
    found: Select[*tuple[Any, ...]] = select(Audit.round_id, Audit.hundredths, low, high).where(
        Audit.round_id.in_(rounds), Audit.office_kind == kind, Audit.hundredths.is_not(None), shown
    )
    for round_id, total, least, most in db.session.execute(found):
        one = fields[round_id]
        one.totals.append(total)
        one.lows.append(least)
        one.highs.append(most)
    for one in fields.values():
        one.sort()
    return fields


def _changed(columns: Sequence[Column]) -> tuple[int, int] | None:
    """Return the newest two rounds next to each other that can be compared."""
    for before, after in reversed(list(pairwise(columns))):
        if not after.breaks:
            return before.round.id, after.round.id
    return None


def _offices(
    kind: OfficeKind,
    rounds: Sequence[int],
    value: ColumnElement[int],
    shown: ColumnElement[bool],
    where: Sequence[ColumnElement[bool]],
) -> Select[*tuple[Any, ...]]:
    """Select the offices that have a result in one of the rounds, each with what it is sorted by."""
    held = select(Audit.office_id).where(
        Audit.round_id.in_(rounds), Audit.office_kind == kind, Audit.hundredths.is_not(None), shown
    )
    return (
        select(Office.id, Office.slug, Office.short_name, Region.name.label("province"), value.label("value"))
        .outerjoin(Region, (Region.code == Office.province_code) & (Region.level == RegionLevel.PROVINCE))
        .where(Office.id.in_(held), *where)
    )


def _cut(offices: Select[*tuple[Any, ...]], after: str, size: int | None) -> tuple[list[Any], str | None]:
    """Return one page of offices, highest value first, and the key behind it. 1 statement."""
    ordered = offices.subquery()
    found: Select[*tuple[Any, ...]] = select(ordered).order_by(ordered.c.value.desc(), ordered.c.id)
    if key := _KEY.fullmatch(after):
        last, office_id = int(key[1]), int(key[2])
        found = found.where(
            or_(ordered.c.value < last, and_(ordered.c.value == last, ordered.c.id > office_id))
        )
    if size is None:
        return list(db.session.execute(found)), None
    rows = list(db.session.execute(found.limit(size + 1)))
    more = f"{rows[size - 1].value}.{rows[size - 1].id}" if len(rows) > size else None
    return rows[:size], more


def _value(
    order: Order,
    columns: Sequence[Column],
    changed: tuple[int, int] | None,
    shown: ColumnElement[bool],
) -> ColumnElement[int]:
    """Return the number by which offices are sorted, highest first; whoever has none comes last."""
    if order is Order.NAME:
        # the place among all names, downwards: so that one kind of key serves every order
        return -func.row_number().over(order_by=(func.lower(Office.short_name), Office.id))
    if order is Order.CHANGE and changed is not None:
        before, after = (_total(one, shown) for one in changed)
        return func.coalesce(after - before, _NONE)
    return func.coalesce(_total(columns[-1].round.id, shown), _NONE)


def _total(round_id: int, shown: ColumnElement[bool]) -> Any:
    return (
        select(Audit.hundredths)
        .where(Audit.round_id == round_id, Audit.office_id == Office.id, shown)
        .correlate(Office)
        .scalar_subquery()
    )


def _cells(
    offices: Sequence[int], columns: Sequence[Column], kind: OfficeKind, shown: ColumnElement[bool]
) -> dict[int, dict[int, Any]]:
    cells: dict[int, dict[int, Any]] = defaultdict(dict)
    if not offices:
        return cells
    rows = db.session.execute(
        select(
            Audit.office_id,
            Audit.round_id,
            Audit.hundredths,
            func.coalesce(Audit.low_hundredths, Audit.hundredths).label("low"),
            func.coalesce(Audit.high_hundredths, Audit.hundredths).label("high"),
            Audit.category,
            Audit.zone,
            Audit.state,
        ).where(
            Audit.round_id.in_([column.round.id for column in columns]),
            Audit.office_id.in_(offices),
            Audit.office_kind == kind,
            Audit.hundredths.is_not(None),
            shown,
        )
    )
    for row in rows:
        cells[row.office_id][row.round_id] = row
    return cells


def _of_office(found: dict[int, Any], columns: Sequence[Column]) -> list[Cell | None]:
    """Put the cells of one office in the order of the columns; a change never reaches over a break."""
    cells: list[Cell | None] = []
    before: int | None = None
    for column in columns:
        if column.breaks:
            before = None
        row = found.get(column.round.id)
        if row is None:
            cells.append(None)
            continue
        rank, shares = column.field.rank(row.low, row.high)
        change = None if before is None else Decimal(row.hundredths - before).scaleb(-2)
        cells.append(
            Cell(
                total=Decimal(row.hundredths).scaleb(-2),
                category=row.category,
                zone=row.zone,
                change=change,
                rank=rank,
                shares=shares,
                is_published=row.state == AuditState.PUBLISHED,
            )
        )
        before = row.hundredths
    return cells


def provinces_compared(kind: OfficeKind, shown: ColumnElement[bool]) -> list[tuple[str, str]]:
    """Return the provinces with results of a kind, code and name. 1 statement."""
    held = select(Audit.office_id).where(Audit.office_kind == kind, shown)
    rows = db.session.execute(
        select(Region.code, Region.name)
        .where(
            Region.level == RegionLevel.PROVINCE,
            Region.code.in_(select(Office.province_code).where(Office.id.in_(held))),
        )
        .order_by(Region.name)
    )
    return [(row.code, row.name) for row in rows]
