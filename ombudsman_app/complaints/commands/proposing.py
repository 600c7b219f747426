"""What the house proposes when a time has ended without answer; a person releases it."""

from sqlalchemy import or_, select

from ombudsman_app.complaints import notices
from ombudsman_app.complaints.models import Complaint, ComplaintClock
from ombudsman_app.complaints.states import (
    REGIMES,
    REPLY_CLOCK,
    REQUESTS,
    ComplaintState,
    clock,
    corrective_action_clock,
    request_waited_for,
)
from ombudsman_app.core.clock import today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import STRANGER
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.directory.models import RepresentativeOffice

from .moving import locked_record
from .report_ends import is_corrected

_FOLLOWS = {
    ComplaintState.CLARIFICATION_FIRST: "ask_again",
    ComplaintState.CLARIFICATION_SECOND: "review_case",
    ComplaintState.REPORTER_REPLY: "issue_report",
    ComplaintState.REPORT_MONITORING: "hand_to_resolution",
}
_CLOCKS = (
    *(clock(request.clock).id for request in REQUESTS.values()),
    clock(REPLY_CLOCK).id,
    *(corrective_action_clock(regime).id for regime in REGIMES),
)
_AT_ONCE = 200


def propose_moves() -> int:
    """Tell who may let go on what follows of each case whose time has passed, once for each last day.

    Each case is a transaction of its own; what a broken run left, the next one does. Returns how many.
    """
    told = 0
    for zone in _zones():
        after = 0
        while batch := _ended_after(after, zone):
            after = batch[-1][0]
            told += sum(_propose(clock_id, complaint_id) for clock_id, complaint_id in batch)
    return told


def _zones() -> list[str]:
    found = select(RepresentativeOffice.time_zone).distinct().order_by(RepresentativeOffice.time_zone)
    zones = list(db.session.scalars(found))
    db.release()
    return zones


def _ended_after(after: int, zone: str) -> list[tuple[int, int]]:
    rows = db.session.execute(
        select(ComplaintClock.id, ComplaintClock.complaint_id)
        .join(Complaint, Complaint.id == ComplaintClock.complaint_id)
        .join(RepresentativeOffice, RepresentativeOffice.id == Complaint.representative_office_id)
        .where(
            RepresentativeOffice.time_zone == zone,
            ComplaintClock.id > after,
            ComplaintClock.clock.in_(_CLOCKS),
            ComplaintClock.ended_on.is_(None),
            ComplaintClock.due_on < today(zone),
            or_(ComplaintClock.told_over.is_(None), ComplaintClock.told_over != ComplaintClock.due_on),
            Complaint.state.in_(_FOLLOWS),
        )
        .order_by(ComplaintClock.id)
        .limit(_AT_ONCE)
    ).all()
    found = [(row[0], row[1]) for row in rows]
    db.release()
    return found


@command
def _propose(clock_id: int, complaint_id: int) -> bool:
    """Propose of a locked case what may follow now; False where somebody was faster."""
    held = locked_record(Complaint, complaint_id, None)
    ended = db.session.scalars(
        select(ComplaintClock).where(ComplaintClock.id == clock_id).execution_options(populate_existing=True)
    ).one()
    is_over = ended.ended_on is None and ended.due_on < today(held.representative_office.time_zone)
    if not is_over or ended.told_over == ended.due_on or not _waits_in_vain(held, ended.clock):
        return False
    ended.told_over = ended.due_on
    record(
        Event.COMPLAINTS_MOVE_PROPOSED,
        "complaint",
        held.id,
        actor=STRANGER,
        changes={"move": _FOLLOWS[held.state], "clock": ended.clock, "due_on": ended.due_on.isoformat()},
    )
    _tell(held, f"{ended.id}:{ended.due_on}")
    return True


def _waits_in_vain(held: Complaint, clock_id: str) -> bool:
    """Whether this is the clock that the case waits for, and what it waits for has not come."""
    if request := request_waited_for(held.state):
        return clock(request.clock).id == clock_id and not held.is_answered
    if held.state is ComplaintState.REPORTER_REPLY:
        return clock(REPLY_CLOCK).id == clock_id
    return corrective_action_clock(held.regime).id == clock_id and not is_corrected(held.id)


def _tell(held: Complaint, key: str) -> None:
    if held.state is ComplaintState.REPORT_MONITORING:
        notices.action_is_over(held, key)
    elif held.state is ComplaintState.REPORTER_REPLY:
        notices.reply_is_over(held, key)
    else:
        notices.answer_is_over(held, key)
