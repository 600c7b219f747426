"""How papers look in words."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from .forms import ADDRESSEES, CHANNELS, PROOFS
from .kinds import document_kind
from .models import Document
from .states import Channel, DocumentState, Proof

STATES: dict[DocumentState, Any] = {
    DocumentState.DRAFT: _l("Draft"),
    DocumentState.APPROVED: _l("Approved"),
    DocumentState.BEING_MADE: _l("Being made"),
    DocumentState.ISSUED: _l("Issued"),
    DocumentState.SUPERSEDED: _l("Replaced"),
    DocumentState.REVOKED: _l("Taken back"),
    DocumentState.DISCARDED: _l("Thrown away"),
}
_TONES = {
    DocumentState.DRAFT: "neutral",
    DocumentState.APPROVED: "info",
    DocumentState.BEING_MADE: "info",
    DocumentState.ISSUED: "success",
    DocumentState.SUPERSEDED: "warning",
    DocumentState.REVOKED: "danger",
    DocumentState.DISCARDED: "neutral",
}
NOT_DELIVERED: dict[str, Any] = {
    "before_issue": _l("The letter was issued later than this day."),
    "before_sent": _l("The letter went out later than this day."),
    "in_future": _l("This day lies in the future."),
    "file_needed": _l("A day that has passed needs a file that shows it: the time limit runs from that day."),
    "file": _l("This file does not belong to the case any more."),
    "proof": _l("This proof does not fit the way the letter went."),
    "channel": _l("The letter cannot go this way."),
}


LEFT_BECAUSE: dict[str, Any] = {
    "move_not_allowed": _l("Its case has gone another way in the meantime."),
    "not_allowed": _l("Another role issues letters like this one."),
    "not_visible": _l("Its case does not belong to this office any more."),
    "letter_incomplete": _l("Something is missing in it. Change its words."),
    "identity_in_letter": _l("It names the reporter. Change its words."),
    "answer_still_runs": _l("The time of the respondent still runs, or an answer has come."),
    "reply_still_runs": _l("The reporter may still react."),
    "record_changed": _l("Somebody changed it at the same moment."),
}


def left_because(code: str) -> str:
    """Say why a letter was left when many were issued."""
    return str(LEFT_BECAUSE.get(code) or _("Its case does not allow it just now. Open it to see why."))


def document_state(state: DocumentState) -> str:
    """Name a state."""
    return str(STATES[state])


def document_tone(state: DocumentState) -> str:
    """Return the colour of a state; word and shape say the same."""
    return _TONES[state]


def document_label(kind: str) -> str:
    """Name a kind of paper."""
    return str(_(document_kind(kind).label))


def channel_word(channel: Channel) -> str:
    """Name a way of delivery."""
    return str(CHANNELS[channel])


def proof_word(proof: Proof) -> str:
    """Name a proof of receipt."""
    return str(PROOFS[proof])


def arrived(document: Document) -> bool:
    """Return whether something proves that it was received."""
    return any(way.proof is not None for way in document.deliveries)


def addressee_name(addressee: str) -> str:
    """Name to whom a paper went."""
    return str(ADDRESSEES.get(addressee, addressee))


FILTERS = {
    "addressee_name": addressee_name,
    "left_because": left_because,
    "document_state": document_state,
    "document_tone": document_tone,
    "document_label": document_label,
    "channel_word": channel_word,
    "proof_word": proof_word,
    "arrived": arrived,
}
