"""When each point of an agenda begins and ends: counted from the first, one after the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ombudsman_app.web.formats import clock_time

from .models import AgendaItem


@dataclass(frozen=True)
class TimedItem:
    """A point with its hours, as the clock of the office says them: 09.00, 09.30 WITA."""

    item: AgendaItem
    begins: str
    until: str


def timed_agenda(agenda: Sequence[AgendaItem], starts_at: datetime, zone: str) -> list[TimedItem]:
    """Return the points in their order with their hours."""
    at, timed = starts_at, []
    for item in agenda:
        ends = at + timedelta(minutes=item.length_minutes)
        timed.append(TimedItem(item, clock_time(at, zone).split(" ")[0], clock_time(ends, zone)))
        at = ends
    return timed
