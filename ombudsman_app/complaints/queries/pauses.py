"""A clock with its pauses and each change of its last day, for its explanation."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ombudsman_app.complaints.models import ClockMove, ClockPause, Complaint, ComplaintClock
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.workflow.deadlines import Pause
from ombudsman_app.core.workflow.models import calendar_of

from .case import ClockOfCase, RunningClock, visible_clock_of_case
from .counting import count_clock


@dataclass(frozen=True)
class PauseOfCase:
    """A pause of a visible case; policies look at its case and at who asked for it."""

    complaint: Complaint
    clock: ComplaintClock
    pause: ClockPause

    @property
    def representative_office_id(self) -> int:
        return self.complaint.representative_office_id


@dataclass(frozen=True)
class WholeClock:
    """A clock with each of its days, its pauses, refused ones too, and how its last day changed."""

    running: RunningClock
    pauses: Sequence[ClockPause]
    moves: Sequence[ClockMove]

    @property
    def waiting(self) -> ClockPause | None:
        """The pause that waits for the head."""
        return next((pause for pause in self.pauses if pause.decided_at is None), None)


def visible_pause(actor: Actor, complaint_id: int, clock_id: int, pause_id: int) -> PauseOfCase | None:
    """Return a pause of a case that this person may see. 3 statements."""
    found = visible_clock_of_case(actor, complaint_id, clock_id)
    if found is None:
        return None
    wanted = select(ClockPause).where(ClockPause.id == pause_id, ClockPause.clock_id == clock_id)
    pause = db.session.scalar(wanted)
    return PauseOfCase(found.complaint, found.clock, pause) if pause else None


def explained_clock(found: ClockOfCase) -> WholeClock:
    """Count a clock with each of its days. 3 statements."""
    pauses = db.session.scalars(
        select(ClockPause)
        .where(ClockPause.clock_id == found.clock.id)
        .order_by(ClockPause.id)
        .options(*(joinedload(person) for person in _PEOPLE))
    ).all()
    released = [Pause(one.first_on, one.last_on) for one in pauses if one.first_on and one.last_on]
    calendar = calendar_of(found.complaint.office.province_code)
    moves = select(ClockMove).where(ClockMove.clock_id == found.clock.id).order_by(ClockMove.id)
    return WholeClock(
        RunningClock(found.clock, count_clock(found.clock, calendar, released)),
        pauses,
        db.session.scalars(moves.options(joinedload(ClockMove.by))).all(),
    )


_PEOPLE = (ClockPause.asked_by, ClockPause.decided_by, ClockPause.ended_by)
