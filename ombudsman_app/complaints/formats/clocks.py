"""Pauses of a clock and the changes of its last day, in words and as data."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _

from ombudsman_app.complaints.forms.pausing import GROUND_WORDS
from ombudsman_app.complaints.models import ClarificationTimeRequest, ClockPause, ComplaintClock
from ombudsman_app.complaints.policies import DECIDE_PAUSE, END_PAUSE
from ombudsman_app.complaints.queries import ClockOfCase, PauseOfCase, WholeClock
from ombudsman_app.complaints.states import ends_only_at_its_limit
from ombudsman_app.core.policy import Actor


@dataclass(frozen=True)
class ShownPause:
    """A pause in words. `says`: what became of it; `tone`: how that looks."""

    ground: str
    days: int
    reason: str
    asked_by: str
    asked_at: datetime
    decided_by: str
    decided_at: datetime | None
    decision: str
    first_on: date | None
    last_on: date | None
    ended_by: str
    ending: str
    says: str
    tone: str


def shown_pause(pause: ClockPause, clock: ComplaintClock, today: date) -> ShownPause:
    """Put a pause into words; on which days it is one is counted now."""
    says, tone = _became(pause, clock, today)
    return ShownPause(
        ground=ground_label(pause.ground),
        days=pause.days,
        reason=pause.reason,
        asked_by=pause.asked_by.name,
        asked_at=pause.asked_at,
        decided_by=pause.decided_by.name if pause.decided_by else "",
        decided_at=pause.decided_at,
        decision=pause.decision,
        first_on=pause.first_on,
        last_on=pause.last_on,
        ended_by=pause.ended_by.name if pause.ended_by else "",
        ending=pause.ending,
        says=says,
        tone=tone,
    )


def _became(pause: ClockPause, clock: ComplaintClock, today: date) -> tuple[str, str]:
    if pause.decided_at is None:
        return _("Waits for the head"), "warning"
    if pause.last_on is None:
        return _("Refused"), "neutral"
    if clock.ended_on is None and today <= pause.last_on:
        return _("Stands still"), "info"
    return _("Ended early") if pause.ended_at else _("Over"), "neutral"


def ground_label(ground: str) -> str:
    """Say why a clock stands still."""
    return str(GROUND_WORDS.get(ground, ground))


def waiting_pause(found: ClockOfCase, whole: WholeClock, actor: Actor) -> ClockPause | None:
    """Return the pause that this person may release or refuse."""
    pause = whole.waiting
    if pause is None or not DECIDE_PAUSE.allows(actor, PauseOfCase(found.complaint, found.clock, pause)):
        return None
    return pause


def endable_pause(found: ClockOfCase, whole: WholeClock, today: date, actor: Actor) -> ClockPause | None:
    """Return the pause of today that this person may end before its last day."""
    if not found.clock.is_paused(today) or ends_only_at_its_limit(found.clock.clock):
        return None
    runs = (pause for pause in whole.pauses if pause.last_on is not None and today < pause.last_on)
    pause = next(runs, None)
    if pause is None or not END_PAUSE.allows(actor, PauseOfCase(found.complaint, found.clock, pause)):
        return None
    return pause


def pause_facts(pause: ClockPause) -> dict[str, Any]:
    """Return a pause as data. No grounds in free words: they may name people."""
    return {
        "ground": pause.ground,
        "asked_days": pause.days,
        "asked_by": pause.asked_by.name,
        "asked_at": pause.asked_at.isoformat(),
        "decided_by": pause.decided_by.name if pause.decided_by else None,
        "decided_at": pause.decided_at.isoformat() if pause.decided_at else None,
        "first": pause.first_on.isoformat() if pause.first_on else None,
        "last": pause.last_on.isoformat() if pause.last_on else None,
        "ended_by": pause.ended_by.name if pause.ended_by else None,
        "rules": pause.rule_version,
    }


def time_facts(asked: ClarificationTimeRequest) -> dict[str, Any]:
    """Return a request for more time as data, without the words."""
    return {
        "asked_days": asked.days,
        "asked_by": asked.asked_by.name,
        "asked_at": asked.asked_at.isoformat(),
        "granted_days": asked.granted,
        "decided_by": asked.decided_by.name if asked.decided_by else None,
        "decided_at": asked.decided_at.isoformat() if asked.decided_at else None,
    }
