"""The progress of a round: each office with its stage, days, team, and how far its sheet is filled."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, or_, select, tuple_

from ombudsman_app.accounts.models import User
from ombudsman_app.audits.models import Audit, AuditMember, AuditRound, AuditSheet, SheetAnswer
from ombudsman_app.audits.scope import scope
from ombudsman_app.audits.states import AuditState, SheetKind
from ombudsman_app.audits.teams import IN_FIELD
from ombudsman_app.core import limits
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.directory.models import Office, OfficeKind
from ombudsman_app.web.paging import DayKey, Page, day_key, page_back, page_on

_OFFICE = Office.__table__


@dataclass(frozen=True)
class BoardFilter:
    """What the board is asked for, already checked."""

    state: AuditState | None = None
    kind: OfficeKind | None = None
    after: DayKey | None = None
    before: DayKey | None = None


@dataclass(frozen=True)
class BoardRow:
    """One office. `days_left`: to the last day of the visit, or of the time to answer; None: no time runs.

    `answered`, `sheets`: answers on all sheets of assessors, and how many such sheets there are.
    """

    id: int
    version: int
    reference: str
    state: AuditState
    office_name: str
    office_kind: OfficeKind
    planned_from: date
    planned_until: date
    answer_due_on: date | None
    answered_on: date | None
    days_late: int
    team: list[str]
    answered: int
    sheets: int
    days_left: int | None = None
    is_open_plan: bool = False

    def percent(self, indicators: int) -> int | None:
        """Return how much of its sheets is filled; None before there is one."""
        asked = indicators * self.sheets
        return min(100, round(100 * self.answered / asked)) if asked else None

    @property
    def is_late(self) -> bool:
        return self.days_left is not None and self.days_left < 0


def board_page(
    actor: Actor, found: AuditRound, chosen: BoardFilter, *, today: date, limit: int = limits.PAGE_ROWS
) -> Page[BoardRow]:
    """Return the offices of a round, the next visit first. 1 statement, whatever the data."""
    seen = scope(actor).audits().where(Audit.round_id == found.id)
    if chosen.state:
        seen = seen.where(Audit.state == chosen.state)
    if chosen.kind:
        seen = seen.where(Audit.office_kind == chosen.kind)
    place: Any = tuple_(Audit.planned_from, Audit.id)
    order: Any = (Audit.planned_from, Audit.id)
    if chosen.before is not None:
        seen, order = seen.where(place < chosen.before), tuple(column.desc() for column in order)
    elif chosen.after is not None:
        seen = seen.where(place > chosen.after)
    rows = [_row(row, today) for row in db.session.execute(_columns(seen).order_by(*order).limit(limit + 1))]
    if chosen.before is not None:
        return page_back(rows, limit, _key_of)
    return page_on(rows, limit, _key_of, is_first=chosen.after is None)


def _columns(seen: Select[Audit]) -> Select[Any]:
    return seen.with_only_columns(
        Audit.id,
        Audit.version,
        func.coalesce(Audit.reference, ""),
        Audit.state,
        _OFFICE.c.short_name,
        Audit.office_kind,
        Audit.planned_from,
        Audit.planned_until,
        Audit.answer_due_on,
        Audit.answered_on,
        func.coalesce(Audit.days_late, 0),
        _names(),
        _answers(),
        _sheets(),
    ).join(_OFFICE, _OFFICE.c.id == Audit.office_id)


def _key_of(row: BoardRow) -> str:
    return day_key(row.planned_from, row.id)


def _row(row: Any, today: date) -> BoardRow:
    read = BoardRow(*row)
    return BoardRow(
        **{
            **vars(read),
            "team": sorted((row[11] or "").splitlines()),
            "days_left": _days_left(read, today),
            "is_open_plan": is_open_plan(read.planned_from, read.planned_until),
        }
    )


def is_open_plan(first: date, last: date) -> bool:
    """Whether the days of a visit are not fixed yet: nobody visits one office for so long."""
    return (last - first).days >= limits.VISIT_DAYS


def _days_left(row: BoardRow, today: date) -> int | None:
    if row.state in (AuditState.PLANNED, AuditState.IN_FIELD):
        return (row.planned_until - today).days
    if row.state is AuditState.DRAFT_SENT and row.answered_on is None and row.answer_due_on is not None:
        return (row.answer_due_on - today).days
    return None


def _names() -> Any:
    """Put the names of those who assess into one text, a line each."""
    return (
        select(func.aggregate_strings(User.name, "\n"))
        .select_from(AuditMember)
        .join(User, User.id == AuditMember.user_id)
        .where(AuditMember.audit_id == Audit.id, AuditMember.seat.in_(sorted(IN_FIELD)))
        .correlate(Audit)
        .scalar_subquery()
    )


def _of_assessors() -> Any:
    return (AuditSheet.audit_id == Audit.id) & (AuditSheet.kind == SheetKind.ASSESSOR)


def _answers() -> Any:
    """Count what is answered on the sheets of assessors: each indicator has its row, empty at first."""
    return (
        select(func.count())
        .select_from(SheetAnswer)
        .join(AuditSheet, AuditSheet.id == SheetAnswer.sheet_id)
        .where(
            _of_assessors(),
            or_(
                SheetAnswer.value.is_not(None),
                SheetAnswer.denominator.is_not(None),
                SheetAnswer.na_reason.is_not(None),
            ),
        )
        .correlate(Audit)
        .scalar_subquery()
    )


def _sheets() -> Any:
    return (
        select(func.count()).select_from(AuditSheet).where(_of_assessors()).correlate(Audit).scalar_subquery()
    )
