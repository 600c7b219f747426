"""What came in: by week and by service, for the desk. A count is data (AZ5)."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from sqlalchemy import Select, func

from ombudsman_app.complaints.models import Complaint
from ombudsman_app.complaints.scope import scope
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor

WEEKS = 12
_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Week:
    """Seven days and how many complaints came in them."""

    first_day: date
    last_day: date
    number: int


@dataclass(frozen=True)
class Inflow:
    """Whole weeks, the last one ending today, so that each can be held against the one before."""

    weeks: list[Week]
    by_substance: dict[str, int]

    @property
    def number(self) -> int:
        return sum(week.number for week in self.weeks)

    @property
    def last_week(self) -> int:
        """Return how many came in the seven days that end today."""
        return self.weeks[-1].number

    @property
    def trend(self) -> str:
        """Return whether that is more or fewer than in the seven days before; empty for neither."""
        before, last = self.weeks[-2].number, self.weeks[-1].number
        return "more" if last > before else "fewer" if last < before else ""

    @property
    def change(self) -> int:
        """Return by how many."""
        return abs(self.weeks[-1].number - self.weeks[-2].number)


@lru_cache(maxsize=64)
def _received(actor: Actor, today: date) -> Select[date, str, int]:
    """Build the statement, which costs more than running it; another right or day is another statement."""
    first = today - _WEEK * WEEKS
    return (
        scope(actor)
        .complaints()
        .where(Complaint.received_on > first, Complaint.received_on <= today)
        .with_only_columns(Complaint.received_on, Complaint.substance, func.count().label("number"))
        .group_by(Complaint.received_on, Complaint.substance)
        .with_hint(Complaint, "INDEXED BY ix_complaint_inflow", "sqlite")
    )


def inflow(actor: Actor, *, today: date) -> Inflow:
    """Count what this person's offices received in twelve weeks. 1 statement.

    The database answers a line per day and service, in the order of an index. A day is the legal day of
    the office that handles the complaint; `today` is the day of the reader.
    """
    ends = [today - _WEEK * back for back in reversed(range(WEEKS))]
    found = db.session.execute(_received(actor, today))
    numbers, by_substance = [0] * WEEKS, Counter[str]()
    for row in found:
        numbers[-1 - (today - row.received_on) // _WEEK] += row.number
        by_substance[row.substance] += row.number
    weeks = [
        Week(end - _WEEK + timedelta(days=1), end, number) for end, number in zip(ends, numbers, strict=True)
    ]
    return Inflow(weeks, dict(by_substance))
