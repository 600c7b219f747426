"""What may happen to a message on its way out, how long it is tried, and how long between two tries."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType

from ombudsman_app.core.jobs.words import N_
from ombudsman_app.core.workflow.flow import Flow, Move


class Channel(StrEnum):
    """How a message leaves the house. The inbox is no channel: it is always there."""

    MAIL = "mail"
    TEXT = "text"  # SMS or WhatsApp, whatever the gateway behind the address makes of it


class MessageState(StrEnum):
    """Where a message stands."""

    WAITING = "waiting"
    SENT = "sent"  # the next server has taken it, which proves no receipt (`design.md` §12)
    KEPT = "kept"  # nothing is set up that could send it
    REFUSED = "refused"  # the address does not take it: at once, or by a report that came back later
    GIVEN_UP = "given_up"
    DROPPED = "dropped"  # whoever it was for may no longer know of it


_S = MessageState
MESSAGE = Flow(
    {
        "hand_over": Move({_S.WAITING}, _S.SENT),
        "keep": Move({_S.WAITING}, _S.KEPT),
        "refuse": Move({_S.WAITING}, _S.REFUSED),
        "come_back": Move({_S.WAITING, _S.SENT, _S.GIVEN_UP}, _S.REFUSED),
        "give_up": Move({_S.WAITING}, _S.GIVEN_UP),
        "drop": Move({_S.WAITING}, _S.DROPPED),
        "send_again": Move({_S.KEPT, _S.REFUSED, _S.GIVEN_UP}, _S.WAITING),
    }
)
UNREACHED = frozenset({_S.REFUSED, _S.GIVEN_UP})

LASTS = timedelta(days=5)  # as long as mail servers try (RFC 5321, 4.5.4.1)
MOST_DOUBTS = (
    2  # times that the end of a text was sent and nobody said whether it was taken: one double at most
)
_PAUSES = (1, 5, 15, 30, 60, 120)  # minutes before the second, third … try
_LAST_PAUSE = timedelta(hours=4)

REASONS: Mapping[str, str] = MappingProxyType(
    {
        "address_refused": N_("The address does not exist or takes nothing."),
        "came_back": N_("It came back: the address does not exist or takes nothing."),
        "in_doubt": N_("Twice the server went silent after it had the whole text. It may have arrived."),
        "no_address": N_("There is no address that a message could go to."),
        "not_set_up": N_("Nothing is set up here that could send it."),
        "not_theirs": N_("Whoever it was for may no longer know of it."),
        "over": N_("It was tried for days in vain."),
        "server_away": N_("The server cannot be reached."),
        "server_busy": N_("The server asked to come again later."),
        "server_refuses_us": N_("The server does not take messages from us. The settings may be wrong."),
        "settled": N_("Somebody else has done it in between."),
        "unsafe": N_("The server offers no safe connection."),
    }
)


def pause_after(attempts: int) -> timedelta:
    """Return how long to wait after so many tries, without the share of chance that is added to it."""
    if attempts > len(_PAUSES):
        return _LAST_PAUSE
    return timedelta(minutes=_PAUSES[max(attempts, 1) - 1])
