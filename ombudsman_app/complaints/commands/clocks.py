"""Starting the clocks of a case and keeping the day that the queue sorts by."""

from datetime import datetime
from typing import Any

from sqlalchemy import insert

from ombudsman_app.complaints.models import ComplaintClock
from ombudsman_app.complaints.states import RULE_VERSION, clock
from ombudsman_app.core.db import db
from ombudsman_app.core.workflow.deadlines import day_zero, explain
from ombudsman_app.core.workflow.holiday_calendar import HolidayCalendar
from ombudsman_app.directory.models import RepresentativeOffice

# What begins to run with the receipt of a report: UU 25/2009 Pasal 44(1) and the product's own target.
# T01 (acknowledge receipt) does not: the receipt page acknowledges in the same moment.
AT_RECEIPT = ("reply_on_completeness", "formal_verification")


Counted = dict[str, Any]  # the columns of a ComplaintClock


def first_clocks(
    regime: str, handling: RepresentativeOffice, calendar: HolidayCalendar, *, at: datetime
) -> list[Counted]:
    """Count the clocks of a received report."""
    return [counted_clock(name, regime, handling, calendar, at=at) for name in AT_RECEIPT]


def start_clocks(complaint_id: int, clocks: list[Counted]) -> None:
    """Let clocks run on a case. 1 statement on both databases, which adding objects would not be."""
    db.session.execute(insert(ComplaintClock), [{"complaint_id": complaint_id, **one} for one in clocks])


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
    }
