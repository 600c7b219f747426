"""What the respondent is asked in writing, from where, and which clock waits for it. No database in here."""

from dataclasses import dataclass
from enum import StrEnum

from .flow import ComplaintState

FIRST_REQUEST, SECOND_REQUEST = "clarification_request_first", "clarification_request_second"


@dataclass(frozen=True)
class Request:
    """One letter that asks for an explanation (UU 37/2008 Pasal 33): it makes a move, its receipt starts a
    clock. `asked_in`: where the case stands while it waits for the answer."""

    kind: str
    move: str
    asked_from: ComplaintState
    asked_in: ComplaintState
    clock: str


REQUESTS = {
    request.kind: request
    for request in (
        Request(
            FIRST_REQUEST,
            "ask_for_clarification",
            ComplaintState.DOCUMENT_EXAMINATION,
            ComplaintState.CLARIFICATION_FIRST,
            "first_clarification_answer",
        ),
        Request(
            SECOND_REQUEST,
            "ask_again",
            ComplaintState.CLARIFICATION_FIRST,
            ComplaintState.CLARIFICATION_SECOND,
            "second_clarification_answer",
        ),
    )
}
ANSWER_CLOCKS = tuple(request.clock for request in REQUESTS.values())


def request_waited_for(state: ComplaintState) -> Request | None:
    """Return the request that a case in this state waits for an answer to."""
    return next((request for request in REQUESTS.values() if request.asked_in is state), None)


class AnswerChannel(StrEnum):
    """Which way the answer of a respondent came."""

    POST = "post"
    BY_HAND = "by_hand"
    MAIL = "mail"
    PORTAL = "portal"
    LINK = "link"  # by a link for one answer, without account


class RequestState(StrEnum):
    """How a request stands for the office that was asked. Computed, never stored."""

    WAITING = "waiting"
    ANSWERED = "answered"
    ASKED_AGAIN = "asked_again"  # a later letter asks the same
    PASSED = "passed"  # the examination goes on without the answer; one that comes is filed all the same
    CLOSED = "closed"
    REPLACED = "replaced"  # a corrected letter stands in its place
    WITHDRAWN = "withdrawn"


ANSWERABLE = frozenset(
    {RequestState.WAITING, RequestState.ANSWERED, RequestState.ASKED_AGAIN, RequestState.PASSED}
)
