"""Pauses of clocks, and more time that is asked for. Call inside an application context."""

from ombudsman_app.complaints.models import ClarificationTimeRequest, ClockPause, ComplaintClock
from ombudsman_app.complaints.states import PAUSE_VERSION
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Actor


@command
def AskedPauseFactory(clock_id: int, actor: Actor) -> int:
    """A pause that somebody asked for and nobody decided yet, whoever has the case. Returns its id."""
    clock = db.session.get_one(ComplaintClock, clock_id)
    pause = ClockPause(
        complaint_id=clock.complaint_id,
        clock_id=clock.id,
        ground="disaster",
        days=5,
        reason="Banjir menutup kantor di Mamuju sejak kemarin.",
        rule_version=PAUSE_VERSION,
        asked_by_id=actor.user_id,
        asked_at=now(),
    )
    db.session.add(pause)
    clock.awaits_pause = True
    db.session.flush()
    return pause.id


@command
def AskedTimeFactory(clock_id: int, letter_id: int, officer_id: int) -> int:
    """A request for more time that nobody decided yet, about any clock. Returns its id."""
    clock = db.session.get_one(ComplaintClock, clock_id)
    asked = ClarificationTimeRequest(
        complaint_id=clock.complaint_id,
        clock_id=clock.id,
        request_id=letter_id,
        days=3,
        reason="Arsip kantor lama belum ditemukan.",
        asked_by_id=officer_id,
        asked_at=now(),
    )
    db.session.add(asked)
    clock.awaits_time = True
    db.session.flush()
    return asked.id
