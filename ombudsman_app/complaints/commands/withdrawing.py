"""The reporter completes the report, or it ends because they want it to, or because nothing came in time."""

from collections.abc import Iterable

from sqlalchemy import select

from ombudsman_app.complaints.errors import ComplaintClosed, CompletionStillRuns, NoWithdrawal
from ombudsman_app.complaints.models import Complaint, ComplaintClock, ComplaintMessage, Notice
from ombudsman_app.complaints.policies import CLOSE_WITHDRAWN, VERIFY
from ombudsman_app.complaints.states import ComplaintState, clock
from ombudsman_app.core.changing import demand, touch
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import STRANGER, Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record

from .clocks import exchange_clocks
from .closing import close_aside, close_by
from .conflict import declare_free
from .conversation import post_from_reporter, post_notice
from .letters import CLOSING_MINUTES, CLOSING_NOTICE, minute
from .moving import locked_case, move
from .said_once import is_new


@command
def complete(case: Complaint, text: str, *, form_key: str) -> None:
    """Take in what was missing, from whoever holds ticket and code. Sent twice it is there once (DI4).

    Late is late, but as long as the report is open what comes is taken (design.md §12). Raises
    ComplaintClosed, MoveNotAllowed where nothing was asked for.
    """
    held = locked_case(case)
    if not is_new(
        ComplaintMessage, ComplaintMessage.complaint_id, held.id, author_id=None, text=text, form_key=form_key
    ):
        return
    if not held.is_open:
        raise ComplaintClosed
    post_from_reporter(held, text)
    _go_on(held, STRANGER)


@command
def complete_at_desk(case: Complaint, text: str, *, version: int, actor: Actor) -> None:
    """Note that what was missing came another way: at the counter, by post. Raises RecordChanged."""
    held = locked_case(case, version)
    demand(VERIFY, actor, held)
    _go_on(held, actor, text)


def _go_on(held: Complaint, actor: Actor, reason: str = "") -> None:
    move(held, "complete", actor=actor, reason=reason)
    exchange_clocks(held, ended=("complete_the_report",), begun="formal_verification")
    held.awaits_answer = True


@command
def ask_for_withdrawal(case: Complaint, text: str, *, form_key: str) -> None:
    """Keep the written wish of the reporter to end it; an officer confirms. Raises ComplaintClosed."""
    held = locked_case(case)
    if not is_new(
        ComplaintMessage, ComplaintMessage.complaint_id, held.id, author_id=None, text=text, form_key=form_key
    ):
        return
    if not held.is_open:
        raise ComplaintClosed
    post_from_reporter(held, text)
    held.withdrawal_asked_at, held.awaits_answer = now(), True
    touch(held)
    record(Event.COMPLAINTS_WITHDRAWAL_ASKED, "complaint", held.id, actor=STRANGER)


@command
def take_back_withdrawal(case: Complaint) -> None:
    """The reporter wants it to go on after all. Nothing happens where nothing was asked."""
    held = locked_case(case)
    if held.withdrawal_asked_at is None or not held.is_open:
        return
    held.withdrawal_asked_at = None
    touch(held)
    record(Event.COMPLAINTS_WITHDRAWAL_TAKEN_BACK, "complaint", held.id, actor=STRANGER)


@command
def confirm_withdrawal(case: Complaint, reason: str, *, version: int, actor: Actor) -> None:
    """End the report because its reporter asked for it in writing. Raises NoWithdrawal, RecordChanged."""
    held = locked_case(case, version)
    demand(CLOSE_WITHDRAWN, actor, held)
    if held.withdrawal_asked_at is None:
        raise NoWithdrawal
    declare_free(held, actor=actor)
    close_aside(held, "withdraw", actor=actor, reason=reason)
    _tell(held, reason, actor)


@command
def deem_withdrawn(case: Complaint, reason: str, *, version: int, actor: Actor) -> None:
    """End the report because nothing came within the time after the letter was received (D02).

    The system proposes it when the clock is over; this person has looked at the proof of receipt and lets
    it happen. Raises CompletionStillRuns where no such clock has run out: without proof none ever starts.
    """
    held = locked_case(case, version)
    demand(VERIFY, actor, held)
    clocks = db.session.scalars(select(ComplaintClock).where(ComplaintClock.complaint_id == held.id))
    if not is_completion_over(held, clocks):
        raise CompletionStillRuns
    declare_free(held, actor=actor)
    close_by(held, "deem_withdrawn", actor=actor, reason=reason)
    _tell(held, reason, actor)


def is_completion_over(case: Complaint, clocks: Iterable[ComplaintClock]) -> bool:
    """Whether the reporter's time has run out; the whole last day belongs to them."""
    day, wanted = today(case.representative_office.time_zone), clock("complete_the_report").id
    return case.state is ComplaintState.AWAITING_COMPLETION and any(
        one.clock == wanted and one.ended_on is None and one.due_on < day for one in clocks
    )


def _tell(held: Complaint, reason: str, actor: Actor) -> None:
    db.session.flush()
    minute(held, CLOSING_MINUTES, {"words": reason}, actor)
    minute(held, CLOSING_NOTICE, {"words": reason}, actor)
    post_notice(held, Notice.LETTER, actor=actor)
