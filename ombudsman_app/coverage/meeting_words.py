"""Words of meetings and commitments, and the filters by which templates say them."""

from typing import Any

from flask_babel import lazy_gettext as _l

from .meeting_states import CameBy, CommitmentAct, CommitmentState, MeetingKind, MeetingState

LazyText = Any
KINDS: dict[MeetingKind, LazyText] = {
    MeetingKind.MONEV: _l("Monitoring and evaluation"),
    MeetingKind.COORDINATION: _l("Coordination"),
    MeetingKind.FOLLOW_UP: _l("Follow-up meeting"),
}
STATES: dict[MeetingState, LazyText] = {
    MeetingState.PLANNED: _l("Being prepared"),
    MeetingState.INVITED: _l("Invitation sent"),
    MeetingState.HELD: _l("Held, minutes to be written"),
    MeetingState.MINUTED: _l("Minutes issued"),
    MeetingState.CANCELLED: _l("Cancelled"),
}
_TONES = {
    MeetingState.PLANNED: "neutral",
    MeetingState.INVITED: "info",
    MeetingState.HELD: "warning",
    MeetingState.MINUTED: "success",
    MeetingState.CANCELLED: "neutral",
}
COMMITMENTS: dict[CommitmentState, LazyText] = {
    CommitmentState.OPEN: _l("Still to be done"),
    CommitmentState.REPORTED: _l("To be confirmed"),
    CommitmentState.DONE: _l("Done"),
    CommitmentState.DROPPED: _l("Dropped"),
}
_COMMITMENT_TONES = {
    CommitmentState.OPEN: "info",
    CommitmentState.REPORTED: "warning",
    CommitmentState.DONE: "success",
    CommitmentState.DROPPED: "neutral",
}
ACTS: dict[CommitmentAct, LazyText] = {
    CommitmentAct.AGREED: _l("Promised"),
    CommitmentAct.CARRIED: _l("A later meeting goes on with it"),
    CommitmentAct.REPORTED: _l("Reported as done"),
    CommitmentAct.CONFIRMED: _l("Confirmed as done"),
    CommitmentAct.RETURNED: _l("Report returned"),
    CommitmentAct.DROPPED: _l("Not awaited any more"),
}
CAME: dict[CameBy, LazyText] = {
    CameBy.QR: _l("signed in by phone"),
    CameBy.STAFF: _l("noted by hand"),
    CameBy.PORTAL: _l("in the portal"),
}


def meeting_kind(kind: MeetingKind) -> LazyText:
    return KINDS[MeetingKind(kind)]


FILTERS = {
    "meeting_kind": meeting_kind,
    "meeting_state": lambda state: STATES[MeetingState(state)],
    "meeting_tone": lambda state: _TONES[MeetingState(state)],
    "commitment_state": lambda state: COMMITMENTS[CommitmentState(state)],
    "commitment_tone": lambda state: _COMMITMENT_TONES[CommitmentState(state)],
    "commitment_act": lambda act: ACTS[CommitmentAct(act)],
    "came_by": lambda way: CAME[CameBy(way)],
}
