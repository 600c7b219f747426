"""The register of findings, by keyset: what is due first stands first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    Subquery,
    cast,
    func,
    literal,
    null,
    select,
    tuple_,
    union_all,
)

from ombudsman_app.core import clock, limits
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.directory.models import Office, RepresentativeOffice
from ombudsman_app.directory.queries import offices_named
from ombudsman_app.findings.models import NO_DUE_DAY, Finding, FindingEntry, RegisterExport
from ombudsman_app.findings.scope import scope
from ombudsman_app.findings.states import MEASURES, WAITING, FindingState, MeasureKind, Origin
from ombudsman_app.web.paging import DayKey, Page, day_key, page_back, page_on

from .lateness import in_band
from .more_time import awaits_time

_OFFICE, _HANDLING = Office.__table__, RepresentativeOffice.__table__  # two columns, no whole rows
_DAYS_LATE = (  # by the index of one finding, for the rows of the page alone
    select(func.coalesce(func.max(FindingEntry.days_late), 0))
    .where(FindingEntry.finding_id == Finding.id)
    .correlate(Finding)
    .scalar_subquery()
    .label("days_late")
)
PORTAL_VIEWS = ("open", "done")
TIME_ASKED = "finding_time_asked"
COUNTED = ("open", "overdue", "judged", "draft", "mine")


@dataclass(frozen=True)
class RegisterFilter:
    """What the address asks for, already checked. All of it can be combined.

    `text`: words of an office's name or place. `late`: a band of `lateness.py`. `is_mine`: what this person
    wrote. `is_time_asked`: more time waits for this person. `is_done`: those that are over instead.
    """

    office: str = ""
    text: str = ""
    kind: MeasureKind | None = None
    origin: Origin | None = None
    state: FindingState | None = None
    late: int | None = None
    is_overdue: bool = False
    is_mine: bool = False
    is_time_asked: bool = False
    is_done: bool = False
    after: DayKey | None = None
    before: DayKey | None = None


@dataclass(frozen=True)
class RegisterRow:
    """One line. `days_left` counts by the day of the handling office; None: no time runs.

    `days_late`: how late the latest of its answers came, for ever; 0 while none came late.
    """

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
    done_on: date | None
    days_left: int | None
    days_late: int

    @property
    def is_overdue(self) -> bool:
        return self.days_left is not None and self.days_left < 0


def register_page(
    actor: Actor, chosen: RegisterFilter, *, today: date, limit: int = limits.PAGE_ROWS
) -> Page[RegisterRow]:
    """Return one page of the register of one's offices. 1 statement, whatever the data."""
    return _page(actor, scope(actor).findings(), chosen, today, limit)


def addressed_page(
    actor: Actor, chosen: RegisterFilter, *, today: date, limit: int = limits.PAGE_ROWS
) -> Page[RegisterRow]:
    """Return one page of what was sent to the own office. 1 statement, whatever the data."""
    return _page(actor, scope(actor).addressed(), chosen, today, limit)


def register_walk(
    actor: Actor, chosen: RegisterFilter, *, today: date, at_once: int
) -> Iterator[list[RegisterRow]]:
    """Yield all rows that may leave as a sheet, in their order, so many at once. 1 statement each time."""
    place = chosen.after
    while True:
        page = _page(actor, scope(actor).exportable(), _behind(chosen, place), today, at_once)
        if page.items:
            yield list(page.items)
        if page.next_key is None:
            return
        last = page.items[-1]
        place = (last.next_due_on, last.id)


def _behind(chosen: RegisterFilter, place: DayKey | None) -> RegisterFilter:
    return RegisterFilter(**{**vars(chosen), "after": place, "before": None})


def how_many(actor: Actor, chosen: RegisterFilter, *, today: date, at_most: int) -> int:
    """Count what a filter finds that may leave as a sheet, up to `at_most`. 1 statement."""
    some = scope(actor).exportable().where(*_conditions(actor, chosen, today))
    few = some.with_only_columns(literal(1)).limit(at_most).subquery()
    return db.session.scalar(select(func.count()).select_from(few)) or 0


@dataclass(frozen=True)
class RegisterCounts:
    """For the chips above the register. `first_sheet`: the oldest of those that wait for this person."""

    open: int
    overdue: int
    judged: int
    draft: int
    mine: int
    finding_time_asked: int  # more time waits for this person
    sheets: int
    first_sheet: int | None


def register_counts(actor: Actor, *, today: date) -> RegisterCounts:
    """Count for the chips above the register, up to 1,001 each, by its own range of an index. 1 statement."""
    views = {
        "open": RegisterFilter(),
        "overdue": RegisterFilter(is_overdue=True),
        "judged": RegisterFilter(state=FindingState.RESPONDED),
        "draft": RegisterFilter(state=FindingState.DRAFT),
        "mine": RegisterFilter(is_mine=True),
    }
    parts = [_counted(actor, name, views[name], today) for name in COUNTED] + [time_asked_part(actor)]
    no_first = cast(null(), Integer).label("first")
    counted = union_all(*(part.add_columns(no_first) for part in parts), _sheets(actor))
    rows = {row.name: row for row in db.session.execute(counted)}
    numbers = {name: row.number for name, row in rows.items()}
    return RegisterCounts(**numbers, first_sheet=rows["sheets"].first)


def _sheets(actor: Actor) -> Select[str, int, int | None]:
    """Count the sheets that this person may allow, and say which is the oldest."""
    return (
        scope(actor)
        .sheets_to_decide()
        .with_only_columns(
            literal("sheets", String).label("name"),
            func.count().label("number"),
            func.min(RegisterExport.id).label("first"),
        )
    )


def time_asked_part(actor: Actor) -> Select[str, int]:
    """Select (name, number) of the findings for which more time waits for this person, up to 1,001."""
    return _number(awaits_time(actor).limit(limits.COUNT_STOPS_AT).subquery(), TIME_ASKED)


def _counted(actor: Actor, name: str, chosen: RegisterFilter, today: date) -> Select[str, int]:
    some = scope(actor).findings().where(*_conditions(actor, chosen, today))
    return _number(some.with_only_columns(literal(1)).limit(limits.COUNT_STOPS_AT).subquery(), name)


def _number(few: Subquery, name: str) -> Select[str, int]:
    return select(literal(name, String).label("name"), func.count().label("number")).select_from(few)


def _page(
    actor: Actor, seen: Select[Finding], chosen: RegisterFilter, today: date, limit: int
) -> Page[RegisterRow]:
    place = tuple_(Finding.next_due_on, Finding.id)
    found = seen.where(*_conditions(actor, chosen, today))
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
            Finding.done_on,
            _OFFICE.c.short_name,
            _OFFICE.c.slug,
            _HANDLING.c.time_zone,
            _DAYS_LATE,
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


def _conditions(actor: Actor, chosen: RegisterFilter, today: date) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if chosen.state:  # says by itself whether it is open
        where.append(Finding.state == chosen.state)
    else:
        where.append(Finding.is_open.is_(not chosen.is_done))
    if chosen.office:
        of_slug = select(_OFFICE.c.id).where(_OFFICE.c.slug == chosen.office)
        where.append(Finding.office_id == of_slug.scalar_subquery())
    if chosen.text:
        named = offices_named(chosen.text)
        where.append(Finding.office_id.in_(named) if named is not None else literal(False))
    if chosen.kind:
        where.append(Finding.origin.in_(MEASURES[chosen.kind].origins))
    if chosen.origin:
        where.append(Finding.origin == chosen.origin)
    if chosen.is_mine:
        where.append(Finding.made_by_id == actor.user_id)
    if chosen.is_overdue:
        where += [Finding.state.in_(WAITING), Finding.next_due_on < today]
    if chosen.is_time_asked:
        where.append(Finding.id.in_(awaits_time(actor)))
    if chosen.late is not None:
        where += in_band(chosen.late, today)
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
        done_on=row.done_on,
        days_left=(row.next_due_on - clock.today(row.time_zone)).days if is_running else None,
        days_late=row.days_late,
    )


def office_name(slug: str) -> str:
    """Return the short name of an office; empty where there is none. 1 statement, none for none."""
    if not slug:
        return ""
    return db.session.scalar(select(_OFFICE.c.short_name).where(_OFFICE.c.slug == slug)) or ""


def _key_of(row: RegisterRow) -> str:
    return day_key(row.next_due_on, row.id)
