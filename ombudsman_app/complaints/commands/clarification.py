"""The examiner reads the file, asks the respondent in writing, once more, and puts the case to review.

Called by the papers' own commands where a letter makes the move. Rule: UU 37/2008 Pasal 33.
"""

from collections.abc import Iterable

from ombudsman_app.complaints.errors import AnswerStillRuns, IdentityInLetter
from ombudsman_app.complaints.models import AnswerBox, Complaint, ComplaintClock
from ombudsman_app.complaints.policies import ASK_RESPONDENT, EXAMINE
from ombudsman_app.complaints.states import (
    ANSWER_CLOCKS,
    REQUESTS,
    SECOND_REQUEST,
    ComplaintState,
    clock,
    request_waited_for,
)
from ombudsman_app.core.changing import demand
from ombudsman_app.core.clock import today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Actor
from ombudsman_app.documents.errors import LetterIncomplete
from ombudsman_app.documents.models import Delivery, Document

from .clocks import clocks_of, end_clocks, keep_next_due
from .hidden_identity import compared
from .letters import case_of, run_from_receipt
from .moving import locked_case, move


@command
def examine_documents(case: Complaint, note: str, *, version: int, actor: Actor) -> None:
    """Begin to examine the file; the note says what is looked at (LHPD). Raises RecordChanged."""
    held = locked_case(case, version)
    demand(EXAMINE, actor, held)
    move(held, "examine_documents", actor=actor, reason=note)


def ask_respondent(document: Document, actor: Actor) -> None:
    """The respondent is asked for an explanation; the clock waits for the proof of receipt.

    The second letter releases what the house proposed when the first time ended without answer. Raises
    IdentityInLetter, LetterIncomplete, AnswerStillRuns, MoveNotAllowed; nothing has happened then.
    """
    held, request = case_of(document.folder), REQUESTS[document.kind]
    demand(ASK_RESPONDENT, actor, held)
    texts = texts_of(document.subject, document.answers)
    if not texts.get("summary") or not texts.get("questions"):
        raise LetterIncomplete(missing=[part for part in ("summary", "questions") if not texts.get(part)])
    if named := compared(held, texts, actor=actor):
        raise IdentityInLetter(parts=named)
    if document.kind == SECOND_REQUEST and not is_answer_over(held, clocks_of(held.id)):
        raise AnswerStillRuns
    move(held, request.move, actor=actor, changes={"document": document.id})
    _end_answer_clocks(held)


def texts_of(subject: str, answers: object) -> dict[str, str]:
    """Return everything of such a letter that somebody typed, by the name of its box."""
    typed = answers if isinstance(answers, dict) else {}
    return {"subject": subject, **{name: text for name, text in typed.items() if isinstance(text, str)}}


def start_answer_clock(document: Document, way: Delivery, actor: Actor) -> None:
    """The letter has arrived: from now on the time of the respondent runs (D04, D05).

    Where the answer came before the proof, or a corrected letter arrives beside one whose time runs, nothing
    starts. From now on the office may put files beside its answer.
    """
    held, request = case_of(document.folder), REQUESTS[document.kind]
    db.session.add(AnswerBox(request_id=document.id))
    waits = held.state is request.asked_in and not held.is_answered
    runs = any(one.clock == clock(request.clock).id and one.ended_on is None for one in clocks_of(held.id))
    if waits and not runs:
        run_from_receipt(held, request.clock, document, way, actor)


@command
def review_case(case: Complaint, reason: str, *, version: int, actor: Actor) -> None:
    """Put the case to review: the answer was judged, or none is needed, or the right to answer has lapsed.

    While a respondent may still answer it stays where it is: raises AnswerStillRuns. After the second time
    ended without answer the examination goes on without it (Pasal 33(3)), which is written down for ever.
    """
    held = locked_case(case, version)
    demand(EXAMINE, actor, held)
    if not is_reviewable(held, clocks_of(held.id)):
        raise AnswerStillRuns
    waived = request_waited_for(held.state) is not None and not held.is_answered
    changes = {"respondent_waived_answer": True} if waived else None
    move(held, "review_case", actor=actor, reason=reason, changes=changes)
    held.respondent_waived_answer = held.respondent_waived_answer or waived
    held.is_answered = False
    _end_answer_clocks(held)


def is_answer_over(case: Complaint, clocks: Iterable[ComplaintClock]) -> bool:
    """Whether the respondent's time has run out without answer; the whole last day belongs to them."""
    request, day = request_waited_for(case.state), today(case.representative_office.time_zone)
    return (
        request is not None
        and not case.is_answered
        and any(
            one.clock == clock(request.clock).id and one.ended_on is None and one.due_on < day
            for one in clocks
        )
    )


def is_reviewable(case: Complaint, clocks: Iterable[ComplaintClock]) -> bool:
    """Whether an examiner may put it to review as it stands. From the first request only an answer leads
    there, from the second one its end too (`transitions` of complaints.yaml)."""
    if case.state is ComplaintState.CLARIFICATION_SECOND:
        return case.is_answered or is_answer_over(case, clocks)
    return case.is_answered or case.state is ComplaintState.DOCUMENT_EXAMINATION


def _end_answer_clocks(held: Complaint) -> None:
    end_clocks(held.id, ANSWER_CLOCKS, on=today(held.representative_office.time_zone))
    keep_next_due([held.id])
