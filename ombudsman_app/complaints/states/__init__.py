"""States, moves and time limits of a complaint; what the reporter is told in each. No database in here."""

from .examination import (
    ANSWER_CLOCKS,
    ANSWERABLE,
    FIRST_REQUEST,
    REQUESTS,
    SECOND_REQUEST,
    AnswerChannel,
    Request,
    RequestState,
    request_waited_for,
)
from .file import (
    CLOCKS,
    REGIMES,
    RULE_VERSION,
    RULES,
    TARGETS,
    clock,
    corrective_action_clock,
    regime_for,
)
from .flow import COMPLAINT, CURRENT, LEGACY, By, ComplaintState, Outcome
from .shape import FormalRequirement, Labelled, MaterialRequirement, Regime, StateRule
from .tips import ANONYMOUS, OPEN_STATES, TIP, TipState
from .verification import FORMAL_ITEMS, ITEMS_OF, MATERIAL_ITEMS, CheckItem, Verdict, needs_reason, open_items

__all__ = [
    "ANONYMOUS",
    "ANSWERABLE",
    "ANSWER_CLOCKS",
    "CLOCKS",
    "COMPLAINT",
    "CURRENT",
    "FIRST_REQUEST",
    "FORMAL_ITEMS",
    "ITEMS_OF",
    "LEGACY",
    "MATERIAL_ITEMS",
    "OPEN_STATES",
    "REGIMES",
    "REQUESTS",
    "RULES",
    "RULE_VERSION",
    "SECOND_REQUEST",
    "TARGETS",
    "TIP",
    "AnswerChannel",
    "By",
    "CheckItem",
    "ComplaintState",
    "FormalRequirement",
    "Labelled",
    "MaterialRequirement",
    "Outcome",
    "Regime",
    "Request",
    "RequestState",
    "StateRule",
    "TipState",
    "Verdict",
    "clock",
    "corrective_action_clock",
    "needs_reason",
    "open_items",
    "regime_for",
    "request_waited_for",
]
