"""What lies on somebody's desk."""

from dataclasses import dataclass
from datetime import date

from ombudsman_app.complaints import policies
from ombudsman_app.complaints import queries as complaints
from ombudsman_app.complaints.states import ComplaintState
from ombudsman_app.core.policy import Actor, Policy
from ombudsman_app.documents.states import PROOF_MISSING_DAYS

ROWS = 6


@dataclass(frozen=True)
class Desk:
    """The numbers, the cases that want this person first, and what the pictures need.

    `first` says whose the cases are: decisions, mine or all.
    """

    counts: complaints.QueueCounts
    first: str
    rows: list[complaints.QueueRow]
    inflow: complaints.Inflow
    lateness: complaints.Lateness
    decides: bool
    verifies: bool
    unproven_days: int  # after so many calendar days a letter without proof of receipt counts as late

    @property
    def to_decide(self) -> int:
        return self.counts.by_state[ComplaintState.PLENARY_DECISION]

    @property
    def to_check(self) -> int:
        return self.counts.by_state[ComplaintState.RECEIVED]


def desk(actor: Actor, *, today: date) -> Desk:
    """Return the desk of somebody who works with complaints. 4 statements, whatever the data.

    Who decides sees first what waits for a decision; intake sees all that is due; anybody else their own.
    """
    counts = complaints.counts(actor, today=today)
    decides, verifies = _holds(actor, policies.DECIDE), _holds(actor, policies.VERIFY)
    first, chosen = "all", complaints.QueueFilter()
    if decides and counts.by_state[ComplaintState.PLENARY_DECISION]:
        first, chosen = "decisions", complaints.QueueFilter(state=ComplaintState.PLENARY_DECISION)
    elif counts.mine and not verifies and not decides:
        first, chosen = "mine", complaints.QueueFilter(whose=complaints.Whose.MINE)
    return Desk(
        counts=counts,
        first=first,
        rows=list(complaints.queue(actor, chosen, today=today, limit=ROWS).items),
        inflow=complaints.inflow(actor, today=today),
        lateness=complaints.lateness(actor, today=today),
        decides=decides,
        verifies=verifies,
        unproven_days=PROOF_MISSING_DAYS,
    )


def _holds(actor: Actor, right: Policy) -> bool:
    """Whether a role of this person has the right at all; the record decides later."""
    return bool(actor.roles & right.roles)
