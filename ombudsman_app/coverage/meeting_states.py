"""What may happen to a monitoring meeting and to what was agreed there. No database in here."""

from enum import StrEnum

from ombudsman_app.core.workflow.flow import Flow, Move


class MeetingKind(StrEnum):
    """What people meet for. Product words: no rule that names kinds was found."""

    MONEV = "monev"
    COORDINATION = "coordination"
    FOLLOW_UP = "follow_up"


class MeetingState(StrEnum):
    """Where a meeting stands. Order: its life."""

    PLANNED = "planned"  # inside this house alone
    INVITED = "invited"  # the invitation is issued, the bodies read it
    HELD = "held"
    MINUTED = "minuted"  # the minutes are issued; what was agreed is known to the bodies
    CANCELLED = "cancelled"


_M = MeetingState
BEFORE = frozenset({_M.PLANNED, _M.INVITED})
AFTER = frozenset({_M.HELD, _M.MINUTED})
MEETING = Flow(
    {
        "invite": Move({_M.PLANNED}, _M.INVITED),
        "hold": Move(BEFORE, _M.HELD),
        "minute": Move({_M.HELD}, _M.MINUTED),
        "cancel": Move(BEFORE, _M.CANCELLED),
    }
)


class CommitmentState(StrEnum):
    """Where a commitment stands. *Late* is counted from its last day, never stored while it is open."""

    OPEN = "open"
    REPORTED = "reported"  # the body says that it is done; another person looks at it
    DONE = "done"
    DROPPED = "dropped"  # with a reason


_C = CommitmentState
RUNNING = (_C.OPEN, _C.REPORTED)
COMMITMENT = Flow(
    {
        "report": Move({_C.OPEN}, _C.REPORTED),
        "confirm": Move({_C.REPORTED}, _C.DONE),
        "return": Move({_C.REPORTED}, _C.OPEN),
        "drop": Move({_C.OPEN, _C.REPORTED}, _C.DROPPED),
    }
)


class CommitmentAct(StrEnum):
    """What is told in the history of a commitment."""

    AGREED = "agreed"
    CARRIED = "carried"  # a later meeting goes on with it
    REPORTED = "reported"
    CONFIRMED = "confirmed"
    RETURNED = "returned"
    DROPPED = "dropped"


class CameBy(StrEnum):
    """Who put it in."""

    STAFF = "staff"
    PORTAL = "portal"
    QR = "qr"  # whoever signed in, with the code of the room


# Product settings. Days before and after the last day on which a body is reminded, each once.
REMIND_BEFORE = (7, 1)
REMIND_AFTER = (1, 14)
