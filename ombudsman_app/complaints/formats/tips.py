"""Information without identity in words, for the office and for whoever gave it."""

from datetime import datetime

from flask_babel import gettext as _

from ombudsman_app.complaints.queries.tip_history import TipLines
from ombudsman_app.complaints.states import TipState
from ombudsman_app.complaints.states.tips import NEXT_STEPS, PUBLIC_SENTENCES, PUBLIC_STEPS, TIP_WORDS

from .history import ShownLine

_TONES = {
    TipState.NEW: "info",
    TipState.READ: "warning",
    TipState.USED: "success",
    TipState.SET_ASIDE: "neutral",
}


def tip_state(state: TipState) -> str:
    """The office's word for a state."""
    return str(_(TIP_WORDS[state]))


def tip_tone(state: TipState) -> str:
    """Colour and shape of a state."""
    return _TONES[state]


def tip_sentence(state: TipState) -> str:
    """Where it stands, for whoever gave it."""
    return str(_(PUBLIC_SENTENCES[state]))


def tip_next_step(state: TipState) -> str:
    """What happens with it, for whoever gave it."""
    return str(_(NEXT_STEPS[state]))


def public_tip_steps(lines: TipLines) -> list[tuple[str, datetime]]:
    """Return the moves in the words of whoever gave it."""
    return [(str(_(PUBLIC_STEPS[line.state])), line.at) for line in lines.steps if line.state]


def tip_conversation(lines: TipLines, *, for_office: bool) -> list[ShownLine]:
    """Return the talk. Whoever gave the information reads no name of an officer."""
    theirs, ours = (_("Without identity"), "") if for_office else (_("You"), _("Ombudsman"))
    return [
        ShownLine(
            kind="",
            title="",
            at=line.at,
            author=str(theirs if line.is_theirs else ours or line.author),
            text=line.text,
            read_at=line.read_at,
            is_own=line.is_theirs is not for_office,
        )
        for line in lines.messages
    ]
