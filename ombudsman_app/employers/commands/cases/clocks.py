"""The time of a public body until its next step: begins, stands still, ends, and says how late it was."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select, update

from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.core.workflow.deadlines import days_late, explain
from ombudsman_app.core.workflow.models import calendar_of
from ombudsman_app.core.workflow.moves import DayMoved
from ombudsman_app.directory.models import Office
from ombudsman_app.employers.compliance.counting import counted_again
from ombudsman_app.employers.compliance.rules import RULE_VERSION, limit_after
from ombudsman_app.employers.models import (
    NO_CASE_DUE,
    CaseClock,
    CaseClockMove,
    EmployerComplianceCase,
)

from .moving import SUBJECT


@dataclass(frozen=True)
class ClockStart:
    """From which day a time runs (day 0), which office must act; `is_from_letter`: no delivery is known."""

    clock: str
    start: date
    office_id: int | None
    is_from_letter: bool = False


def start_clock(held: EmployerComplianceCase, given: ClockStart, *, actor: Actor) -> None:
    """Let a time run on a locked case where the rules give one. Each clock runs once in a case."""
    limit = limit_after(given.clock)
    if limit is None:
        return
    length, unit = limit.span
    counted = explain(given.start, length, unit, calendar_of(_province(given.office_id)))
    clock = CaseClock(
        case_id=held.id,
        clock=given.clock,
        office_id=given.office_id,
        start_on=counted.start,
        is_from_letter=given.is_from_letter,
        length=length,
        unit=unit.value,
        due_on=counted.due,
        rule_version=RULE_VERSION,
        calendar_version=counted.calendar_version,
        pauses=[],
        days_late=0,
    )
    db.session.add(clock)
    db.session.flush()
    keep_next_due(held)
    changes: dict[str, Any] = {"clock": given.clock, "start_on": counted.start.isoformat()}
    changes |= {"due_on": counted.due.isoformat()}
    record(Event.EMPLOYERS_CASE_CLOCK_STARTED, SUBJECT, held.id, actor=actor, changes=changes)


def running(held: EmployerComplianceCase) -> list[CaseClock]:
    """Return the times of a locked case that have not ended. 1 statement."""
    found = select(CaseClock).where(CaseClock.case_id == held.id, CaseClock.ended_on.is_(None))
    return list(db.session.scalars(found.order_by(CaseClock.id).execution_options(populate_existing=True)))


def end_clocks(held: EmployerComplianceCase, *, on: date) -> None:
    """The body has acted, or nothing is left to do: its times end; how late it was stays for ever."""
    for clock in running(held):
        clock.ended_on, clock.proposed_due_on, clock.paused_from = on, None, None
        clock.days_late = days_late(clock.due_on, on)
        held.days_late = max(held.days_late, clock.days_late)
    db.session.flush()
    keep_next_due(held)


def pause_clocks(held: EmployerComplianceCase) -> None:
    """Let the times of a locked case stand still from today."""
    day = today(held.representative_office.time_zone)
    for clock in running(held):
        clock.paused_from = day
    db.session.flush()
    keep_next_due(held)


def resume_clocks(held: EmployerComplianceCase, *, actor: Actor) -> None:
    """Let them run on: the days of the pause are added. What was late before it stays late."""
    day = today(held.representative_office.time_zone)
    for clock in running(held):
        if clock.paused_from is None:
            continue
        clock.pauses = [*clock.pauses, [clock.paused_from.isoformat(), day.isoformat()]]
        clock.paused_from = None
        _recount(clock, DayMoved.PAUSED, actor)
    db.session.flush()
    keep_next_due(held)


def restart_clock(held: EmployerComplianceCase, clock: CaseClock, start: date, *, actor: Actor) -> None:
    """Count a running time from another day, after a correction of the act that it runs from."""
    clock.start_on, clock.is_from_letter = start, False
    _recount(clock, DayMoved.CORRECTED, actor)
    db.session.flush()
    keep_next_due(held)


def _recount(clock: CaseClock, why: DayMoved, actor: Actor) -> None:
    counted = counted_again(clock, calendar_of(_province(clock.office_id)))
    if counted.due != clock.due_on:
        note_move(clock, why, counted.due, counted.calendar_version, actor)
    clock.due_on, clock.proposed_due_on = counted.due, None
    clock.calendar_version = counted.calendar_version


def note_move(clock: CaseClock, why: DayMoved, after: date, version: str, actor: Actor) -> None:
    """Add a line to the explanation of a clock that is about to get another last day."""
    db.session.add(
        CaseClockMove(
            clock_id=clock.id,
            why=why,
            at=now(),
            by_id=actor.user_id,
            due_before=clock.due_on,
            due_after=after,
            calendar_version=version,
        )
    )


def keep_next_due(held: EmployerComplianceCase) -> None:
    """Set the day that lists sort by: the first last day of what runs. 1 statement."""
    first = select(func.min(CaseClock.due_on)).where(
        CaseClock.case_id == held.id, CaseClock.ended_on.is_(None), CaseClock.paused_from.is_(None)
    )
    held.next_due_on = db.session.scalar(first) or NO_CASE_DUE
    db.session.flush()


def keep_next_dues(cases: set[int]) -> None:
    """The same for several cases that are locked. 1 statement."""
    first = (
        select(func.min(CaseClock.due_on))
        .where(
            CaseClock.case_id == EmployerComplianceCase.id,
            CaseClock.ended_on.is_(None),
            CaseClock.paused_from.is_(None),
        )
        .scalar_subquery()
    )
    db.session.execute(
        update(EmployerComplianceCase)
        .where(EmployerComplianceCase.id.in_(sorted(cases)))
        .values(next_due_on=func.coalesce(first, NO_CASE_DUE))
        .execution_options(synchronize_session=False)
    )


def _province(office_id: int | None) -> str | None:
    if office_id is None:
        return None
    return db.session.scalar(select(Office.province_code).where(Office.id == office_id))
