"""How a request for an explanation stands, in the words of the office that was asked."""

from typing import Any

from flask_babel import lazy_gettext as _l

from ombudsman_app.complaints.states import RequestState

REQUEST_WORDS: dict[RequestState, Any] = {
    RequestState.WAITING: _l("To be answered"),
    RequestState.ANSWERED: _l("Answered"),
    RequestState.ASKED_AGAIN: _l("Asked again"),
    RequestState.PASSED: _l("Goes on without answer"),
    RequestState.CLOSED: _l("Examination has ended"),
    RequestState.REPLACED: _l("Replaced"),
    RequestState.WITHDRAWN: _l("Taken back"),
}
_TONES = {
    RequestState.WAITING: "info",
    RequestState.ANSWERED: "success",
    RequestState.ASKED_AGAIN: "warning",
    RequestState.PASSED: "danger",
    RequestState.CLOSED: "neutral",
    RequestState.REPLACED: "warning",
    RequestState.WITHDRAWN: "danger",
}


def request_word(state: RequestState) -> str:
    """Say how it stands."""
    return str(REQUEST_WORDS[state])


def request_tone(state: RequestState) -> str:
    """Return its colour; word and shape say the same."""
    return _TONES[state]
