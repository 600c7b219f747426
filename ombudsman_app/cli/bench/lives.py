"""The ways that invented complaints take through the house: which moves, how often, how fast."""

from functools import cache

from ombudsman_app.complaints.states import COMPLAINT, CURRENT, ComplaintState
from ombudsman_app.core.workflow.flow import SideMove, Transition

Life = tuple[str, ...]
Step = Transition[ComplaintState] | SideMove[ComplaintState]

_CHECKED: Life = ("begin_formal_verification", "begin_material_verification", "put_to_plenary")
_ASSIGNED = (*_CHECKED, "accept")
_EXAMINED = (*_ASSIGNED, "examine_documents")
_ASKED = (*_EXAMINED, "ask_for_clarification")
_REVIEWED = (*_ASKED, "review_case")
_MONITORED = (*_REVIEWED, "issue_report", "monitor_report")
_RESOLVED = (*_MONITORED, "hand_to_resolution", "begin_resolution")
_RECOMMENDED = (*_RESOLVED, "draft_recommendation", "issue_recommendation", "monitor_recommendation")

# How many of 140 open complaints are where. Most stand where the pages work by now; none stands nowhere.
OPEN: dict[Life, int] = {
    (): 26,
    _CHECKED[:1]: 28,
    _CHECKED[:2]: 24,
    _CHECKED: 16,
    _ASSIGNED: 22,
    ("record_consultation",): 1,
    (*_CHECKED[:1], "ask_for_completion"): 3,
    ("respond_rapidly",): 1,
    _EXAMINED: 3,
    _ASKED: 2,
    (*_ASKED, "ask_again"): 1,
    (*_ASKED, "ask_again", "summon"): 1,
    (*_EXAMINED, "clarify_directly"): 1,
    (*_EXAMINED, "examine_in_field"): 1,
    (*_EXAMINED, "examine_in_field", "conciliate"): 1,
    _REVIEWED: 1,
    _MONITORED[:-1]: 1,
    _MONITORED: 1,
    _RESOLVED[:-1]: 1,
    _RESOLVED: 1,
    (*_RESOLVED, "adjudicate"): 1,
    _RECOMMENDED[:-2]: 1,
    _RECOMMENDED[:-1]: 1,
    (*_RECOMMENDED,): 1,
    (*_RECOMMENDED, "escalate"): 1,
}
# How many of 60 closed ones ended how.
CLOSED: dict[Life, int] = {
    (*_CHECKED, "declare_not_competent"): 11,
    (*_CHECKED, "refuse"): 8,
    (*_CHECKED[:1], "ask_for_completion", "deem_withdrawn"): 6,
    ("withdraw",): 3,
    (*_CHECKED[:1], "withdraw"): 3,
    ("respond_rapidly", "resolve_rapidly"): 4,
    (*_REVIEWED, "close_as_resolved"): 13,
    (*_MONITORED[:-1], "close_without_finding"): 4,
    (*_MONITORED[:-1], "discontinue"): 1,
    (*_MONITORED, "close_as_corrected"): 4,
    (*_EXAMINED, "examine_in_field", "conciliate", "settle_by_conciliation"): 1,
    (*_RESOLVED, "settle_by_resolution"): 1,
    (*_RECOMMENDED, "close_as_carried_out"): 1,
}

# Days from the step before, least and most; the rest as _USUAL.
_USUAL = (2, 20)
_GAPS = {
    "begin_formal_verification": (0, 6),
    "begin_material_verification": (1, 10),
    "put_to_plenary": (1, 12),
    "accept": (1, 9),
    "refuse": (1, 9),
    "respond_rapidly": (0, 1),
    "deem_withdrawn": (31, 60),
    "ask_again": (15, 30),
    "hand_to_resolution": (43, 90),
    "escalate": (61, 90),
}

ALL = "all"
# What a move does to the clocks: those that end, those that begin.
_CLOCKS: dict[str, tuple[tuple[str, ...] | str, tuple[str, ...]]] = {
    "begin_material_verification": (
        ("reply_on_completeness", "formal_verification"),
        ("material_verification_and_plenary",),
    ),
    "ask_for_completion": (ALL, ("complete_the_report",)),
    "record_consultation": (ALL, ()),
    "accept": (ALL, ("examination_total",)),
    "respond_rapidly": (ALL, ("rco_result",)),
    "ask_for_clarification": ((), ("first_clarification_answer",)),
    "ask_again": (("first_clarification_answer",), ("second_clarification_answer",)),
    "summon": (("second_clarification_answer",), ()),
    "review_case": (("first_clarification_answer", "second_clarification_answer"), ()),
    "issue_report": (ALL, ()),
    "monitor_report": ((), ("corrective_action",)),
    "hand_to_resolution": (ALL, ()),
    "issue_recommendation": ((), ("send_recommendation",)),
    "monitor_recommendation": (ALL, ("report_on_recommendation",)),
    "escalate": (ALL, ()),
}


def gap_of(move: str) -> tuple[int, int]:
    return _GAPS.get(move, _USUAL)


def clocks_of(step: Step, move: str) -> tuple[tuple[str, ...] | str, tuple[str, ...]]:
    """Return which clocks a step ends (or ALL) and which it begins; nothing runs on what is closed."""
    if step.to is ComplaintState.CLOSED:
        return ALL, ()
    return _CLOCKS.get(move, ((), ()))


@cache
def steps_of(life: Life) -> tuple[tuple[str, ComplaintState, Step], ...]:
    """Return (move, state before, row of the table) for each move. Raises MoveNotAllowed."""
    state, steps = ComplaintState.RECEIVED, []
    for move in life:
        side = COMPLAINT.side_moves.get(move)
        step: Step = side or COMPLAINT.transition(state, move, regime=CURRENT)
        steps.append((move, state, step))
        state = ComplaintState(step.to)
    return tuple(steps)
