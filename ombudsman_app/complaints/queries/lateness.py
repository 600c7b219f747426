"""Where overdue work piles up: by state and by how late it is. A count is data (AZ5)."""

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func

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


def lateness(actor: Actor, *, today: date) -> Lateness:
    """Count the overdue cases by state and lateness. 1 statement; a line per state and day, by an index."""
    found = db.session.execute(
        scope(actor)
        .complaints()
        .where(Complaint.is_open.is_(True), Complaint.state.in_(_OPEN), Complaint.next_due_on < today)
        .with_only_columns(Complaint.state, Complaint.next_due_on, func.count().label("number"))
        .group_by(Complaint.state, Complaint.next_due_on)
        .with_hint(Complaint, "INDEXED BY ix_complaint_queue_state", "sqlite")
    )
    numbers = Counter[tuple[ComplaintState, int]]()
    for row in found:
        numbers[row.state, bisect_left(AGES, (today - row.next_due_on).days)] += row.number
    return Lateness(dict(numbers))
