"""Where overdue work piles up: by state and by how late it is. A count is data (AZ5)."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Any

from sqlalchemy import Select, func

from ombudsman_app.complaints.models import Complaint
from ombudsman_app.complaints.scope import scope
from ombudsman_app.complaints.states import ComplaintState
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor

# Up to so many days late; the last column takes all that are later. A matter of looks, not of law.
AGES = (3, 7, 30)
_OPEN = [state for state in ComplaintState if state is not ComplaintState.CLOSED]


@dataclass(frozen=True)
class Lateness:
    """How many cases are late, by state and column; columns as in AGES, then the rest."""

    numbers: dict[tuple[ComplaintState, int], int]

    @property
    def states(self) -> list[ComplaintState]:
        """Return the states with late cases, on the way through the house."""
        late = {state for state, _ in self.numbers}
        return [state for state in ComplaintState if state in late]


@lru_cache(maxsize=64)
def _late(actor: Actor, today: date) -> Select[*tuple[Any, ...]]:
    at_most = [func.count().filter(Complaint.next_due_on >= today - timedelta(days=days)) for days in AGES]
    return (
        scope(actor)
        .complaints()
        .where(Complaint.is_open.is_(True), Complaint.state.in_(_OPEN), Complaint.next_due_on < today)
        .with_only_columns(Complaint.state, *at_most, func.count())
        .group_by(Complaint.state)
        .with_hint(Complaint, "INDEXED BY ix_complaint_queue_state", "sqlite")
    )


def lateness(actor: Actor, *, today: date) -> Lateness:
    """Count the overdue cases by state and lateness. 1 statement, a line per state; an index answers it."""
    found = db.session.execute(_late(actor, today))
    numbers = {}
    for state, *up_to in found:
        for age, (fewer, number) in enumerate(pairwise((0, *up_to))):
            if number > fewer:
                numbers[state, age] = number - fewer
    return Lateness(numbers)
