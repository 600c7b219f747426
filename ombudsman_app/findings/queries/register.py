"""The register of findings, by keyset: what is due first stands first."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, select, tuple_

from ombudsman_app.core import clock, limits
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.directory.models import Office, RepresentativeOffice
from ombudsman_app.findings.models import NO_DUE_DAY, Finding
from ombudsman_app.findings.scope import scope
from ombudsman_app.findings.states import WAITING, FindingState, Origin
from ombudsman_app.web.paging import DayKey, Page, day_key, page_back, page_on

from .ages import AGES

_OFFICE, _HANDLING = Office.__table__, RepresentativeOffice.__table__  # two columns, no whole rows
PORTAL_VIEWS = ("open", "done")


@dataclass(frozen=True)
class RegisterFilter:
    """What the address asks for, already checked. All of it can be combined.

    `age`: a place in AGES, the last one for all that are older. `is_done`: those that are over instead.
    """

    office: str = ""
    origin: Origin | None = None
    state: FindingState | None = None
    age: int | None = None
    is_overdue: bool = False
    is_done: bool = False
    after: DayKey | None = None
    before: DayKey | None = None


@dataclass(frozen=True)
class RegisterRow:
    """One line. `days_left` counts by the day of the handling office; None: no time runs."""

    id: int
    reference: str
    summary: str
    state: FindingState
    origin: Origin
    office_name: str
    office_slug: str
    sent_on: date | None
    next_due_on: date
    is_received: bool
    days_left: int | None

    @property
    def is_overdue(self) -> bool:
        return self.days_left is not None and self.days_left < 0


def register_page(
    actor: Actor, chosen: RegisterFilter, *, today: date, limit: int = limits.PAGE_ROWS
) -> Page[RegisterRow]:
    """Return one page of the register of one's offices. 1 statement, whatever the data."""
    return _page(scope(actor).findings(), chosen, today, limit)


def addressed_page(
    actor: Actor, chosen: RegisterFilter, *, today: date, limit: int = limits.PAGE_ROWS
) -> Page[RegisterRow]:
    """Return one page of what was sent to the own office. 1 statement, whatever the data."""
    return _page(scope(actor).addressed(), chosen, today, limit)


def _page(seen: Select[Finding], chosen: RegisterFilter, today: date, limit: int) -> Page[RegisterRow]:
    place = tuple_(Finding.next_due_on, Finding.id)
    found = seen.where(*_conditions(chosen, today))
    is_back = chosen.before is not None
    if chosen.before is not None:
        found = found.where(place < chosen.before)
    elif chosen.after is not None:
        found = found.where(place > chosen.after)
    order: Any = (Finding.next_due_on, Finding.id)
    order = tuple(column.desc() for column in order) if is_back else order
    shown = (
        found.with_only_columns(
            Finding.id,
            Finding.reference,
            Finding.summary,
            Finding.state,
            Finding.origin,
            Finding.sent_on,
            Finding.next_due_on,
            Finding.is_received,
            _OFFICE.c.short_name,
            _OFFICE.c.slug,
            _HANDLING.c.time_zone,
        )
        .join(_OFFICE, _OFFICE.c.id == Finding.office_id)
        .join(_HANDLING, _HANDLING.c.id == Finding.representative_office_id)
        .order_by(*order)
        .limit(limit + 1)
    )
    rows = [_row(row) for row in db.session.execute(shown)]
    if is_back:
        return page_back(rows, limit, _key_of)
    return page_on(rows, limit, _key_of, is_first=chosen.after is None)


def _conditions(chosen: RegisterFilter, today: date) -> list[Any]:
    where: list[Any] = [Finding.is_open.is_(not chosen.is_done)]
    if chosen.office:
        of_slug = select(_OFFICE.c.id).where(_OFFICE.c.slug == chosen.office)
        where.append(Finding.office_id == of_slug.scalar_subquery())
    if chosen.origin:
        where.append(Finding.origin == chosen.origin)
    if chosen.state:
        where.append(Finding.state == chosen.state)
    if chosen.is_overdue:
        where += [Finding.state.in_(WAITING), Finding.next_due_on < today]
    if chosen.age is not None:
        youngest = 0 if chosen.age == 0 else AGES[chosen.age - 1] + 1
        where.append(Finding.sent_on <= today - timedelta(days=youngest))
        if chosen.age < len(AGES):
            where.append(Finding.sent_on >= today - timedelta(days=AGES[chosen.age]))
    return where


def _row(row: Any) -> RegisterRow:
    is_running = row.state in WAITING and row.next_due_on != NO_DUE_DAY
    return RegisterRow(
        id=row.id,
        reference=row.reference or "",
        summary=row.summary,
        state=row.state,
        origin=row.origin,
        office_name=row.short_name,
        office_slug=row.slug,
        sent_on=row.sent_on,
        next_due_on=row.next_due_on,
        is_received=row.is_received,
        days_left=(row.next_due_on - clock.today(row.time_zone)).days if is_running else None,
    )


def office_name(slug: str) -> str:
    """Return the short name of an office; empty where there is none. 1 statement, none for none."""
    if not slug:
        return ""
    return db.session.scalar(select(_OFFICE.c.short_name).where(_OFFICE.c.slug == slug)) or ""


def _key_of(row: RegisterRow) -> str:
    return day_key(row.next_due_on, row.id)
