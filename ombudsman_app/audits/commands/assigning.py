"""The letter of assignment (surat tugas): written for one audit, issued by the head as other letters are."""

from ombudsman_app.audits.errors import NotAssigned, TeamIncomplete
from ombudsman_app.audits.models import Audit, AuditRound
from ombudsman_app.audits.queries.board import is_open_plan
from ombudsman_app.audits.states import AuditState, RoundState
from ombudsman_app.audits.teams import ASSIGNMENT, missing_seats
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import MoveNotAllowed
from ombudsman_app.core.policy import Actor
from ombudsman_app.documents.commands import write_draft
from ombudsman_app.documents.models import Document

from .moving import locked_audit


def refuse_unready(held: Audit) -> None:
    """Raise what keeps a letter of assignment from being written: the round, the team, the days, the state.

    The members are loaded. ≤ 1 statement.
    """
    if held.state not in (AuditState.PLANNED, AuditState.IN_FIELD):
        raise MoveNotAllowed(state=str(held.state), event="assign")
    round_ = db.session.get_one(AuditRound, held.round_id)
    if round_.state is not RoundState.RUNNING:
        raise NotAssigned(why="round")
    if wrong := missing_seats([one.seat for one in held.members], is_blind=round_.is_blind):
        raise TeamIncomplete(seats=wrong)
    if is_open_plan(held.planned_from, held.planned_until):
        raise NotAssigned(why="days")


@command
def write_assignment(audit: Audit, *, subject: str, words: str, copies: str = "", actor: Actor) -> Document:
    """Begin the letter that sends the team. Raises what `refuse_unready` does, NotAllowed."""
    held = locked_audit(audit.id)
    refuse_unready(held)
    answers = {"words": words, "copies": copies}
    return write_draft(ASSIGNMENT, held.papers_id, subject=subject, answers=answers, actor=actor)
