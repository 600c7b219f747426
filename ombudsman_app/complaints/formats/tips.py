"""Information without identity in words, for the office and for whoever gave it."""

from datetime import datetime

from flask_babel import gettext as _

from ombudsman_app.complaints.forms.tips import tip_parameters
from ombudsman_app.complaints.models import InformationTip
from ombudsman_app.complaints.queries import TipCounts, TipFilter, TipLines
from ombudsman_app.complaints.states import TIP, TipState
from ombudsman_app.complaints.states.tips import (
    MOVE_WORDS,
    NEXT_STEPS,
    PUBLIC_SENTENCES,
    PUBLIC_STEPS,
    STEP_WORDS,
    TIP_WORDS,
)
from ombudsman_app.core.policy import Actor

from .history import ShownLine
from .one_action import NextAction
from .queue import Address, Chip

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


def tip_history(lines: TipLines) -> list[ShownLine]:
    """Return the moves with their grounds, for the office."""
    return [
        ShownLine(
            kind="step",
            title=str(_(STEP_WORDS[line.move])),
            at=line.at,
            author=line.author or str(_("Without identity")),
            text=line.text,
        )
        for line in lines.steps
    ]


def tip_moves(tip: InformationTip) -> list[str]:
    """Return what can become of it from here, by the table."""
    return [move for move in TIP.open_events(tip.state) if move in MOVE_WORDS]


def tip_marks(tip: InformationTip) -> list[tuple[str, str]]:
    """Return the words and tones that stand at the head of it."""
    told = [(tip_state(tip.state), tip_tone(tip.state))]
    if tip.urgency:
        told.append((str(_("Urgent")), "warning"))
    if tip.awaits_office and tip.state is not TipState.NEW:
        told.append((str(_("A message or file waits for us")), "info"))
    return told


def next_tip_action(tip: InformationTip, actor: Actor) -> NextAction:
    """Say what is to be done with it, and whether it is for the person who looks."""
    if tip.state is TipState.NEW:
        return NextAction(
            _("Read it"),
            _("Nobody has read this yet. By this you declare that you have no interest in it."),
            _("Take it and begin to read"),
            ".begin",
            is_post=True,
        )
    is_mine = tip.officer_id in (None, actor.user_id)
    if tip.awaits_office:
        return NextAction(
            _("Look at what has come"),
            _("A message or a file has come from whoever told this."),
            _("To the messages"),
            anchor="messages",
            is_mine=is_mine,
        )
    if tip.state is TipState.READ:
        return NextAction(
            _("Decide what becomes of it"),
            _("Ask by message what is still missing. Then use it, or set it aside with a reason."),
            _("Decide"),
            ".decide",
            is_mine=is_mine,
        )
    return NextAction(
        _("Nothing is to be done"),
        _("It can be taken up again, for example when others tell the same."),
        _("Take it up again"),
        ".decide",
        is_mine=False,
    )


def tip_chips(chosen: TipFilter, counts: TipCounts, address: Address) -> list[Chip]:
    """Return the views of the list; each replaces all filters, so that its number is that of its list."""
    now = tip_parameters(chosen)

    def chip(label: str, number: int, view: TipFilter) -> Chip:
        said = tip_parameters(view)
        return Chip(label, address(said), said == now, number)

    return [
        chip(_("Still open"), counts.open, TipFilter()),
        chip(_("Waiting for us"), counts.waiting, TipFilter(is_waiting=True)),
        chip(_("All"), counts.all, TipFilter(is_all=True)),
    ]


def why_no_tips(chosen: TipFilter) -> tuple[str, str]:
    """Say why nothing is shown."""
    if chosen.after or chosen.before:
        return _("Nothing more on this page"), _("What stood here has moved on.")
    if chosen == TipFilter():
        return _("Nothing is open"), _("What people tell without identity appears here.")
    if chosen == TipFilter(is_waiting=True):
        return _("Nothing waits for us"), _("New information and messages appear here.")
    return _("Nothing fits all of this"), _("Take a filter off, or look at all of it.")
