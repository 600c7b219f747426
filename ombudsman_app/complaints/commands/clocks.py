"""Starting the clocks of a case and keeping the day that the queue sorts by."""

from datetime import datetime

from ombudsman_app.complaints.models import NO_DUE_DAY, Complaint, ComplaintClock
from ombudsman_app.complaints.states import RULE_VERSION, clock
from ombudsman_app.core.workflow.deadlines import day_zero, explain
from ombudsman_app.core.workflow.holiday_calendar import HolidayCalendar
from ombudsman_app.directory.models import RepresentativeOffice

# What begins to run with the receipt of a report: UU 25/2009 Pasal 44(1) and the product's own target.
# T01 (acknowledge receipt) does not: the receipt page acknowledges in the same moment.
AT_RECEIPT = ("reply_on_completeness", "formal_verification")


def start_first_clocks(
    complaint: Complaint, handling: RepresentativeOffice, calendar: HolidayCalendar, *, at: datetime
) -> None:
    """Start the clocks of a received report and set the day by which somebody must act."""
    complaint.clocks = [running_clock(name, complaint, handling, calendar, at=at) for name in AT_RECEIPT]
    complaint.next_due_on = min((one.due_on for one in complaint.clocks), default=NO_DUE_DAY)


def running_clock(
    name: str,
    complaint: Complaint,
    handling: RepresentativeOffice,
    calendar: HolidayCalendar,
    *,
    at: datetime,
) -> ComplaintClock:
    """Count one clock of `complaints.yaml` from the instant of its event, in the zone of the office."""
    limit = clock(name, complaint.regime)
    length, unit = limit.span
    counted = explain(day_zero(at, handling.time_zone, unit, calendar), length, unit, calendar)
    return ComplaintClock(
        clock=limit.id,
        start_on=counted.start,
        length=counted.length,
        unit=unit.value,
        due_on=counted.due,
        rule_version=RULE_VERSION,
        calendar_version=counted.calendar_version,
    )
