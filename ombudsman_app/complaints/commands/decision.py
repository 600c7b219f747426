"""The plenary decision, and who gets the case: both are the head's (design.md §12)."""

from dataclasses import dataclass
from datetime import date

from ombudsman_app.accounts import queries as accounts
from ombudsman_app.complaints import notices
from ombudsman_app.complaints.errors import OfficerNotFree
from ombudsman_app.complaints.models import Complaint
from ombudsman_app.complaints.policies import ASSIGN, DECIDE
from ombudsman_app.core.changing import demand
from ombudsman_app.core.clock import today
from ombudsman_app.core.db import command
from ombudsman_app.core.policy import Actor, Role
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record

from .clocks import exchange_clocks
from .conflict import declare_free
from .letters import PLENARY, minute
from .moving import locked_case, move, note_step


@dataclass(frozen=True)
class DecisionInput:
    """What the meeting considered, and the examiner who gets the case."""

    considerations: str
    examiner_id: int
    held_on: date | None = None  # None: today
    participants: str = ""  # one person a line; empty: who decides


@command
def accept_complaint(case: Complaint, given: DecisionInput, *, version: int, actor: Actor) -> None:
    """Accept the report for examination and give it to an examiner, who declares an interest or none.

    Who decides declares with it to have no interest in the case (UU 37/2008 Pasal 40). Raises
    RecordChanged or MoveNotAllowed when somebody else decided first, OfficerNotFree.
    """
    held = locked_case(case, version)
    demand(DECIDE, actor, held)
    declare_free(held, actor=actor)
    _give_to(held, given.examiner_id, actor=actor)
    move(held, "accept", actor=actor, reason=given.considerations, officer_id=given.examiner_id)
    exchange_clocks(held, ended=("material_verification_and_plenary",), begun="examination_total")
    _minute(held, given, actor)


def _minute(held: Complaint, given: DecisionInput, actor: Actor) -> None:
    """The minutes of the meeting are a paper of their own."""
    day = given.held_on or today(held.representative_office.time_zone)
    answers = {
        "decision": "accept",
        "considerations": given.considerations,
        "held_on": day.isoformat(),
        "participants": given.participants or actor.name,
    }
    minute(held, PLENARY, answers, actor)


@command
def reassign_complaint(case: Complaint, examiner_id: int, *, reason: str, version: int, actor: Actor) -> None:
    """Give a case under examination to another examiner. Raises RecordChanged, OfficerNotFree."""
    held = locked_case(case, version)
    demand(ASSIGN, actor, held)
    _give_to(held, examiner_id, actor=actor)
    note_step(held, "reassign", actor=actor, reason=reason, officer_id=examiner_id)


def _give_to(held: Complaint, examiner_id: int, *, actor: Actor) -> None:
    """Set the examiner: somebody with that role at the handling office, without an interest. 1 statement."""
    free = accounts.ids_with_roles(
        {Role.EXAMINER}, held.representative_office_id, without_conflict=("complaint", held.id)
    )
    if examiner_id not in free:
        raise OfficerNotFree(examiner_id=examiner_id)
    before, held.officer_id, held.has_officer_declared = held.officer_id, examiner_id, False
    record(
        Event.COMPLAINTS_ASSIGNED,
        "complaint",
        held.id,
        actor=actor,
        changes={"officer_id": [before, examiner_id]},
    )
    notices.case_assigned(held, actor=actor)
