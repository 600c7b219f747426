"""Starting and ending the clocks of a case, and keeping the day that the queue sorts by."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, insert, select, update

from ombudsman_app.complaints.models import NO_DUE_DAY, Complaint, ComplaintClock
from ombudsman_app.complaints.states import RULE_VERSION, clock
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import db
from ombudsman_app.core.workflow.deadlines import day_zero, explain
from ombudsman_app.core.workflow.holiday_calendar import HolidayCalendar
from ombudsman_app.core.workflow.models import calendar_of
from ombudsman_app.directory.models import RepresentativeOffice

# What begins to run with the receipt of a report: UU 25/2009 Pasal 44(1) and the product's own target.
# T01 (acknowledge receipt) does not: the receipt page acknowledges in the same moment.
AT_RECEIPT = ("reply_on_completeness", "formal_verification")


_START = insert(ComplaintClock.__table__)  # type: ignore[arg-type]
Counted = dict[str, Any]  # the columns of a ComplaintClock


def first_clocks(
    regime: str, handling: RepresentativeOffice, calendar: HolidayCalendar, *, at: datetime
) -> list[Counted]:
    """Count the clocks of a received report."""
    return [counted_clock(name, regime, handling, calendar, at=at) for name in AT_RECEIPT]


def start_clocks(complaint_id: int, clocks: list[Counted]) -> None:
    """Let clocks run on a case. 1 statement on both databases, which adding objects would not be."""
    db.session.execute(_START, [{"complaint_id": complaint_id, **one} for one in clocks])


def clocks_of(complaint_id: int) -> list[ComplaintClock]:
    """Return all clocks of a case, ended ones too. 1 statement."""
    return list(db.session.scalars(select(ComplaintClock).where(ComplaintClock.complaint_id == complaint_id)))


def end_clocks(complaint_id: int, names: Iterable[str], *, on: date) -> None:
    """Let clocks of `complaints.yaml` end on a day; those that do not run stay as they are. 1 statement."""
    db.session.execute(
        update(ComplaintClock)
        .where(
            ComplaintClock.complaint_id == complaint_id,
            ComplaintClock.clock.in_([clock(name).id for name in names]),
            ComplaintClock.ended_on.is_(None),
        )
        .values(ended_on=on, proposed_due_on=None)
        .execution_options(synchronize_session=False)
    )


def exchange_clocks(held: Complaint, *, ended: Iterable[str], begun: str) -> None:
    """Let clocks of a locked case end today and another one begin now. 4 statements."""
    office = held.representative_office
    end_clocks(held.id, ended, on=today(office.time_zone))
    calendar = calendar_of(held.office.province_code)
    start_clocks(held.id, [counted_clock(begun, held.regime, office, calendar, at=now())])
    keep_next_due([held.id])


def keep_next_due(complaints: Iterable[int]) -> None:
    """Set the day that the queue sorts by, and whether its clock stands still. 1 statement.

    Nobody's open form is told that the case changed.
    """
    running = ComplaintClock.complaint_id == Complaint.id, ComplaintClock.ended_on.is_(None)
    first = select(func.min(ComplaintClock.due_on)).where(*running)
    paused = select(ComplaintClock.paused_until).where(*running)
    next_one = paused.order_by(ComplaintClock.due_on, ComplaintClock.id).limit(1)
    db.session.execute(
        update(Complaint)
        .where(Complaint.id.in_(sorted(complaints)))
        .values(
            next_due_on=func.coalesce(first.scalar_subquery(), NO_DUE_DAY),
            next_due_paused_until=next_one.scalar_subquery(),
        )
        .execution_options(synchronize_session=False)
    )


def counted_clock(
    name: str, regime: str, handling: RepresentativeOffice, calendar: HolidayCalendar, *, at: datetime
) -> Counted:
    """Count one clock of `complaints.yaml` from the instant of its event, in the zone of the office."""
    limit = clock(name, regime)
    length, unit = limit.span
    counted = explain(day_zero(at, handling.time_zone, unit, calendar), length, unit, calendar)
    return {
        "clock": limit.id,
        "start_on": counted.start,
        "length": counted.length,
        "unit": unit.value,
        "due_on": counted.due,
        "rule_version": RULE_VERSION,
        "calendar_version": counted.calendar_version,
        "changed_at": now(),
    }
