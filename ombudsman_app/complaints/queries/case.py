"""One case as the office reads it; the identity stays sealed."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import joinedload, selectinload

from ombudsman_app.complaints.models import Complaint, ComplaintClock, ReporterIdentity
from ombudsman_app.complaints.scope import scope
from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.workflow.deadlines import Explanation, Unit, day_zero_again, explain
from ombudsman_app.core.workflow.holiday_calendar import HolidayCalendar
from ombudsman_app.core.workflow.models import calendar_of


@dataclass(frozen=True)
class RunningClock:
    """A clock, and how it is counted today. Only where both end on the same day does the list explain it."""

    clock: ComplaintClock
    counted: Explanation


@dataclass(frozen=True)
class CasePage:
    """Everything the case page shows."""

    complaint: Complaint
    clocks: list[RunningClock]
    told_fields: tuple[str, ...]  # which answers about the person exist, none of them opened
    today: date


def visible_case(actor: Actor, complaint_id: int) -> Complaint | None:
    """Return the case if this person may see it, with what its page needs. 3 statements."""
    return db.session.scalar(
        scope(actor)
        .complaints()
        .where(Complaint.id == complaint_id)
        .options(
            joinedload(Complaint.office),
            joinedload(Complaint.counter),
            joinedload(Complaint.representative_office),
            selectinload(Complaint.clocks),
            selectinload(Complaint.steps),
        )
    )


def case_page(complaint: Complaint) -> CasePage:
    """Return the page of a visible case. 2 statements more."""
    day = today(complaint.representative_office.time_zone)
    reporter = db.session.get(ReporterIdentity, complaint.reporter_id) if complaint.reporter_id else None
    calendar = calendar_of(complaint.office.province_code)
    running = (one for one in complaint.clocks if one.ended_on is None)
    return CasePage(
        complaint=complaint,
        clocks=[explained(one, calendar) for one in running],
        told_fields=reporter.told_fields() if reporter else (),
        today=day,
    )


def explained(clock: ComplaintClock, calendar: HolidayCalendar) -> RunningClock:
    """Count a stored clock again, for its list of days."""
    return RunningClock(clock, counted_again(clock.start_on, clock.length, Unit(clock.unit), calendar))


def counted_again(start_on: date, length: int, unit: Unit, calendar: HolidayCalendar) -> Explanation:
    """Count what a clock began with by another calendar: same rule, same length, other days off (DI7)."""
    return explain(day_zero_again(start_on, unit, calendar), length, unit, calendar)
