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

__all__ = [
    "CLOCKS",
    "COMPLAINT",
    "CURRENT",
    "LEGACY",
    "REGIMES",
    "RULES",
    "RULE_VERSION",
    "TARGETS",
    "By",
    "ComplaintState",
    "FormalRequirement",
    "Labelled",
    "MaterialRequirement",
    "Outcome",
    "Regime",
    "StateRule",
    "clock",
    "corrective_action_clock",
    "regime_for",
]
