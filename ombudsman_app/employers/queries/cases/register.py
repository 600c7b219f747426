"""The list of compliance cases, by keyset: what is due first stands first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, String, func, literal, select, tuple_, union_all

from ombudsman_app.core import limits
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.directory.models import Office, Region
from ombudsman_app.employers.compliance.rules import CaseState, Recipient
from ombudsman_app.employers.compliance.scope import case_scope
from ombudsman_app.employers.models import (
    NO_CASE_DUE,
    CaseDelay,
    CaseForwarding,
    Employer,
    EmployerComplianceCase,
)
from ombudsman_app.employers.states import Breach, bit_of, breaches_in
from ombudsman_app.web.paging import DayKey, Page, day_key, page_back, page_on, read_day_key

_CASE = EmployerComplianceCase
_BRANCH = Office.__table__.alias("branch")
_PLACE = Region.__table__
COUNTED = ("open", "overdue", "disputed", "mine", "ended")


@dataclass(frozen=True)
class CaseFilter:
    """What the address asks for, already checked. All of it can be combined."""

    state: CaseState | None = None
    branch: int | None = None
    breach: Breach | None = None
    is_overdue: bool = False
    is_mine: bool = False
    is_ended: bool = False
    after: DayKey | None = None
    before: DayKey | None = None


@dataclass(frozen=True)
class CaseRow:
    """One line. `days_left` counts to the last day of the public body; None: no time runs."""

    id: int
    reference: str
    employer_name: str
    place: str
    breaches: list[Breach]
    gap_low: int
    gap_high: int
    state: CaseState
    moved_on: date
    next_due_on: date
    days_left: int | None
    days_late: int
    branch_name: str
    ended_on: date | None

    @property
    def is_overdue(self) -> bool:
        return self.days_left is not None and self.days_left < 0


def read_filter(given: Mapping[str, str]) -> CaseFilter:
    """Read what is asked for; what is no filter is left out."""
    state, breach, branch = given.get("state", ""), given.get("kind", ""), given.get("branch", "")
    return CaseFilter(
        state=CaseState(state) if state in tuple(CaseState) else None,
        branch=int(branch)
        if branch.isascii() and branch.isdigit() and len(branch) <= limits.ID_DIGITS
        else None,
        breach=Breach(breach) if breach in tuple(Breach) else None,
        is_overdue=given.get("overdue") == "yes",
        is_mine=given.get("whose") == "mine",
        is_ended=given.get("ended") == "yes",
        after=read_day_key(given.get("after")),
        before=read_day_key(given.get("before")),
    )


def said_filter(chosen: CaseFilter) -> dict[str, str]:
    """Write the filters as an address has them, without the place in the list."""
    said = {
        "state": chosen.state.value if chosen.state else "",
        "branch": str(chosen.branch) if chosen.branch else "",
        "kind": chosen.breach.value if chosen.breach else "",
        "overdue": "yes" if chosen.is_overdue else "",
        "whose": "mine" if chosen.is_mine else "",
        "ended": "yes" if chosen.is_ended else "",
    }
    return {name: value for name, value in said.items() if value}


def cases_page(
    actor: Actor, chosen: CaseFilter, *, today: date, limit: int = limits.PAGE_ROWS
) -> Page[CaseRow]:
    """Return one page of the cases of one's offices. 1 statement, whatever the data."""
    place = tuple_(_CASE.next_due_on, _CASE.id)
    found = case_scope(actor).cases().where(*_conditions(actor, chosen, today))
    is_back = chosen.before is not None
    if chosen.before is not None:
        found = found.where(place < chosen.before)
    elif chosen.after is not None:
        found = found.where(place > chosen.after)
    order: Any = (_CASE.next_due_on, _CASE.id)
    order = tuple(column.desc() for column in order) if is_back else order
    shown = (
        found.with_only_columns(
            _CASE.id,
            _CASE.reference,
            _CASE.breaches,
            _CASE.state,
            _CASE.moved_on,
            _CASE.next_due_on,
            _CASE.days_late,
            _CASE.ended_on,
            Employer.name,
            Employer.gap_low,
            Employer.gap_high,
            _PLACE.c.name.label("place"),
            _BRANCH.c.short_name.label("branch_name"),
        )
        .join(Employer, Employer.id == _CASE.employer_id)
        .outerjoin(_PLACE, _PLACE.c.id == Employer.region_id)
        .outerjoin(_BRANCH, _BRANCH.c.id == _CASE.branch_id)
        .order_by(*order)
        .limit(limit + 1)
    )
    rows = [_row(row, today) for row in db.session.execute(shown)]
    if is_back:
        return page_back(rows, limit, _key_of)
    return page_on(rows, limit, _key_of, is_first=chosen.after is None)


def _conditions(actor: Actor, chosen: CaseFilter, today: date) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if chosen.state:  # says by itself whether it is open
        where.append(_CASE.state == chosen.state)
    else:
        where.append(_CASE.is_open.is_(not chosen.is_ended))
    if chosen.branch:
        where.append(_CASE.branch_id == chosen.branch)
    if chosen.breach:
        where.append(_CASE.breaches.op("&")(bit_of(chosen.breach)) > 0)
    if chosen.is_overdue:
        where.append(_CASE.next_due_on < today)
    if chosen.is_mine:
        where.append(_CASE.officer_id == actor.user_id)
    return where


def _row(row: Any, today: date) -> CaseRow:
    is_running = row.next_due_on != NO_CASE_DUE
    return CaseRow(
        id=row.id,
        reference=row.reference,
        employer_name=row.name,
        place=row.place or "",
        breaches=breaches_in(row.breaches),
        gap_low=row.gap_low,
        gap_high=row.gap_high,
        state=row.state,
        moved_on=row.moved_on,
        next_due_on=row.next_due_on,
        days_left=(row.next_due_on - today).days if is_running else None,
        days_late=row.days_late,
        branch_name=row.branch_name or "",
        ended_on=row.ended_on,
    )


def _key_of(row: CaseRow) -> str:
    return day_key(row.next_due_on, row.id)


@dataclass(frozen=True)
class CaseCounts:
    """For the chips. `waiting`: summaries to be released; `delays`: findings that are proposed."""

    open: int
    overdue: int
    disputed: int
    mine: int
    ended: int
    waiting: int
    delays: int
    first_waiting: int | None
    first_delay: int | None


def case_counts(actor: Actor, *, today: date) -> CaseCounts:
    """Count for the chips, up to 1,001 each, by its own range of an index. 1 statement."""
    views = {
        "open": CaseFilter(),
        "overdue": CaseFilter(is_overdue=True),
        "disputed": CaseFilter(state=CaseState.DISPUTED),
        "mine": CaseFilter(is_mine=True),
        "ended": CaseFilter(is_ended=True),
    }
    parts = [_counted(actor, name, views[name], today) for name in COUNTED]
    parts += [_waiting(actor, "waiting"), _delays(actor, "delays")]
    rows = {row.name: row for row in db.session.execute(union_all(*parts))}
    numbers = {name: row.number for name, row in rows.items()}
    return CaseCounts(**numbers, first_waiting=rows["waiting"].first, first_delay=rows["delays"].first)


def _counted(actor: Actor, name: str, chosen: CaseFilter, today: date) -> Select[Any]:
    some = case_scope(actor).cases().where(*_conditions(actor, chosen, today))
    return _number(some.with_only_columns(_CASE.id), name)


def _waiting(actor: Actor, name: str) -> Select[Any]:
    """Cases with a summary that another person wrote and that waits."""
    rows = select(CaseForwarding.case_id).where(
        CaseForwarding.released_at.is_(None), CaseForwarding.written_by_id != actor.user_id
    )
    some = case_scope(actor).cases().where(_CASE.is_open.is_(True), _CASE.id.in_(rows))
    return _number(some.with_only_columns(_CASE.id), name)


def _delays(actor: Actor, name: str) -> Select[Any]:
    rows = select(CaseDelay.case_id).where(CaseDelay.proposed_at.is_not(None), CaseDelay.decision.is_(None))
    some = case_scope(actor).cases().where(_CASE.id.in_(rows))
    return _number(some.with_only_columns(_CASE.id), name)


def _number(some: Select[Any], name: str) -> Select[Any]:
    few = some.limit(limits.COUNT_STOPS_AT).subquery()
    counted: Any = select(
        literal(name, String).label("name"), func.count().label("number"), func.min(few.c.id).label("first")
    ).select_from(few)
    return counted  # type: ignore[no-any-return]


def forwarded_list(
    actor: Actor,
    *,
    is_ended: bool,
    after: DayKey | None,
    before: DayKey | None,
    today: date,
    limit: int = limits.PAGE_ROWS,
) -> Page[Any]:
    """Return one page of what was forwarded to the own office, the next due first. 1 statement."""
    place = tuple_(_CASE.next_due_on, CaseForwarding.id)
    found = (
        case_scope(actor)
        .forwarded()
        .join(_CASE, _CASE.id == CaseForwarding.case_id)
        .where(_CASE.is_open.is_(not is_ended))
    )
    is_back = before is not None
    if before is not None:
        found = found.where(place < before)
    elif after is not None:
        found = found.where(place > after)
    order: Any = (_CASE.next_due_on, CaseForwarding.id)
    order = tuple(column.desc() for column in order) if is_back else order
    shown = (
        found.with_only_columns(
            CaseForwarding.id,
            CaseForwarding.employer_name,
            CaseForwarding.place,
            CaseForwarding.is_received,
            CaseForwarding.recipient,
            CaseForwarding.sent_on,
            _CASE.reference,
            _CASE.state,
            _CASE.days_late,
            _CASE.next_due_on,
        )
        .order_by(*order)
        .limit(limit + 1)
    )
    rows = [_forwarded_row(row, today) for row in db.session.execute(shown)]

    def key(row: Any) -> str:
        return day_key(row.next_due_on, row.id)

    if is_back:
        return page_back(rows, limit, key)
    return page_on(rows, limit, key, is_first=after is None)


@dataclass(frozen=True)
class ForwardedRow:
    """One line of the portal."""

    id: int
    reference: str
    employer_name: str
    place: str
    is_received: bool
    sent_on: date
    state: CaseState
    next_due_on: date
    days_left: int | None
    days_late: int

    @property
    def is_late(self) -> bool:
        return self.days_left is not None and self.days_left < 0


def _forwarded_row(row: Any, today: date) -> ForwardedRow:
    is_running = row.next_due_on != NO_CASE_DUE and row.recipient is Recipient.BRANCH
    return ForwardedRow(
        id=row.id,
        reference=row.reference,
        employer_name=row.employer_name,
        place=row.place,
        is_received=row.is_received,
        sent_on=row.sent_on,
        state=row.state,
        next_due_on=row.next_due_on,
        days_left=(row.next_due_on - today).days if is_running else None,
        days_late=row.days_late,
    )
