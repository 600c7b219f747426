"""How the last day of a clock changed, in words and as data, for the pages of all domains."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ombudsman_app.core.workflow.moves import DayMoved, MoveColumns

from .formats import day

_WORDS: dict[DayMoved, Any] = {
    DayMoved.CALENDAR: _l("The calendar changed: a later last day holds at once"),
    DayMoved.RELEASED: _l("The calendar changed: the head released the earlier last day"),
    DayMoved.PAUSED: _l("The clock stands still"),
    DayMoved.PAUSE_ENDED: _l("The pause was ended early"),
    DayMoved.GRANTED: _l("More time was granted"),
    DayMoved.CORRECTED: _l("The day from which it runs was corrected"),
}


@dataclass(frozen=True)
class ShownMove:
    """A change of the last day in words. `by` is empty where the system did it, and to other houses."""

    title: str
    at: datetime
    by: str
    days: str


def shown_move(move: MoveColumns, by: str) -> ShownMove:
    """Say what changed the last day, from which to which."""
    days = _("from %(before)s to %(after)s", before=day(move.due_before), after=day(move.due_after))
    return ShownMove(str(_WORDS[move.why]), move.at, by, days)


def move_facts(move: MoveColumns, by: str) -> dict[str, Any]:
    """Return a change of the last day as data."""
    return {
        "why": move.why.value,
        "at": move.at.isoformat(),
        "by": by or None,
        "due_before": move.due_before.isoformat(),
        "due_after": move.due_after.isoformat(),
        "calendar_version": move.calendar_version,
    }
