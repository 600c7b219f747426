"""What an office sees of its audits: the list, one indicator, its time. No name of who assessed."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ombudsman_app.audits.models import Audit, AuditClock, AuditClockMove, AuditRound
from ombudsman_app.audits.scope import scope
from ombudsman_app.audits.states import AuditState
from ombudsman_app.core import clock, limits
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.workflow.deadlines import Explanation, Unit, day_zero_again, explain
from ombudsman_app.core.workflow.holiday_calendar import HolidayCalendar
from ombudsman_app.core.workflow.models import calendar_of
from ombudsman_app.directory.models import Office, RepresentativeOffice
from ombudsman_app.documents.queries import Receipt, receipt_of
from ombudsman_app.web.paging import Page, page_back, page_on

from .drafts import ACKNOWLEDGEMENT, DraftPage, draft_page
from .page import addressed_audit
from .score_page import IndicatorLine

_OFFICE, _HANDLING = Office.__table__.alias("of_audit"), Office.__table__.alias("handling")
_REPRESENTATIVE = RepresentativeOffice.__table__  # its time zone alone


@dataclass(frozen=True)
class AddressedRow:
    """An audit as the list of the portal shows it."""

    id: int
    reference: str
    round_title: str
    office_name: str
    asker: str
    state: AuditState
    sent_on: date
    is_received: bool
    due_on: date | None
    answered_on: date | None
    days_left: int | None  # None: no time runs
    days_late: int

    @property
    def is_overdue(self) -> bool:
        return (self.days_left or 0) < 0


def addressed_page(
    actor: Actor, *, is_done: bool, after: int | None, before: int | None, limit: int = limits.PAGE_ROWS
) -> Page[AddressedRow]:
    """Return the audits that were sent to the own offices, newest first. 1 statement."""
    waiting = Audit.state == AuditState.DRAFT_SENT
    found = (
        scope(actor)
        .addressed()
        .where(~waiting if is_done else waiting)
        .join(_OFFICE, _OFFICE.c.id == Audit.office_id)
        .join(_HANDLING, _HANDLING.c.id == Audit.representative_office_id)
        .join(_REPRESENTATIVE, _REPRESENTATIVE.c.id == Audit.representative_office_id)
        .join(AuditRound, AuditRound.id == Audit.round_id)
    )
    if before is not None:
        found = found.where(Audit.id > before).order_by(Audit.id)
    else:
        found = found.where(Audit.id < after) if after is not None else found
        found = found.order_by(Audit.id.desc())
    shown = found.with_only_columns(
        Audit.id,
        Audit.reference,
        Audit.state,
        Audit.draft_sent_on,
        Audit.received_on,
        Audit.answer_due_on,
        Audit.answered_on,
        Audit.days_late,
        AuditRound.title,
        _OFFICE.c.short_name.label("office"),
        _HANDLING.c.short_name.label("asker"),
        _REPRESENTATIVE.c.time_zone,
    ).limit(limit + 1)
    rows = [_row(row) for row in db.session.execute(shown)]
    if before is not None:
        return page_back(rows, limit, _key)
    return page_on(rows, limit, _key, is_first=after is None)


def _key(row: AddressedRow) -> str:
    return str(row.id)


def _row(row: Any) -> AddressedRow:
    runs = row.state is AuditState.DRAFT_SENT and row.answered_on is None and row.answer_due_on is not None
    return AddressedRow(
        id=row.id,
        reference=row.reference or "",
        round_title=row.title,
        office_name=row.office,
        asker=row.asker,
        state=row.state,
        sent_on=row.draft_sent_on,
        is_received=row.received_on is not None,
        due_on=row.answer_due_on,
        answered_on=row.answered_on,
        days_left=(row.answer_due_on - clock.today(row.time_zone)).days if runs else None,
        days_late=row.days_late or 0,
    )


@dataclass(frozen=True)
class AddressedIndicator:
    """One indicator of a draft that was sent to the own office."""

    page: DraftPage
    line: IndicatorLine

    @property
    def audit(self) -> Audit:
        return self.page.audit

    @property
    def office_id(self) -> int:
        return self.audit.office_id


def addressed_indicator(actor: Actor, audit_id: int, indicator: str) -> AddressedIndicator | None:
    """Return an indicator by the address of its page; none before the draft was opened. 3 statements."""
    audit = addressed_audit(actor, audit_id)
    if audit is None or audit.received_on is None:
        return None
    page = draft_page(audit)
    line = page.score.by_id.get(indicator) if page else None
    return AddressedIndicator(page, line) if page and line else None


@dataclass(frozen=True)
class ClockOfAudit:
    """The time of an office to answer the draft of a visible audit."""

    audit: Audit
    clock: AuditClock

    @property
    def representative_office_id(self) -> int:
        return self.audit.representative_office_id

    @property
    def office_id(self) -> int:
        return self.audit.office_id


def addressed_clock(actor: Actor, audit_id: int) -> ClockOfAudit | None:
    """Return the time that runs, or ran, for the own office. 1 statement."""
    audit = addressed_audit(actor, audit_id)
    return ClockOfAudit(audit, audit.clock) if audit and audit.clock else None


def counted_again(stored: AuditClock, calendar: HolidayCalendar) -> Explanation:
    """Count what a time began with: same rule and length, other days off (DI7)."""
    unit = Unit(stored.unit)
    return explain(day_zero_again(stored.start_on, unit, calendar), stored.length, unit, calendar)


def explained_clock(found: ClockOfAudit) -> Explanation:
    """Count a time with each of its days, by the calendar of today. 1 statement."""
    return counted_again(found.clock, calendar_of(found.audit.office.province_code))


def moves_of(stored: AuditClock) -> list[AuditClockMove]:
    """Return each change of the last day, oldest first. 1 statement."""
    found = (
        select(AuditClockMove)
        .where(AuditClockMove.clock_id == stored.id)
        .options(joinedload(AuditClockMove.by))
        .order_by(AuditClockMove.id)
    )
    return list(db.session.scalars(found))


@dataclass(frozen=True)
class AnsweredAudit:
    """An audit of which the own office said that it has answered, and its acknowledgement if asked for."""

    audit: Audit
    receipt: Receipt | None

    @property
    def office_id(self) -> int:
        return self.audit.office_id


def addressed_answer(actor: Actor, audit_id: int) -> AnsweredAudit | None:
    """Return what the acknowledgement is about. ≤ 3 statements."""
    audit = addressed_audit(actor, audit_id)
    if audit is None or audit.answered_on is None:
        return None
    return AnsweredAudit(audit, receipt_of(audit.papers_id, ACKNOWLEDGEMENT, ("audit", audit.id)))
