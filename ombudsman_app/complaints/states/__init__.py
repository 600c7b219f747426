"""States, moves and time limits of a complaint; what the reporter is told in each. No database in here."""

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
from .verification import FORMAL_ITEMS, ITEMS_OF, MATERIAL_ITEMS, CheckItem, Verdict, needs_reason, open_items

__all__ = [
    "CLOCKS",
    "COMPLAINT",
    "CURRENT",
    "FORMAL_ITEMS",
    "ITEMS_OF",
    "LEGACY",
    "MATERIAL_ITEMS",
    "REGIMES",
    "RULES",
    "RULE_VERSION",
    "TARGETS",
    "By",
    "CheckItem",
    "ComplaintState",
    "FormalRequirement",
    "Labelled",
    "MaterialRequirement",
    "Outcome",
    "Regime",
    "StateRule",
    "Verdict",
    "clock",
    "corrective_action_clock",
    "needs_reason",
    "open_items",
    "regime_for",
]
