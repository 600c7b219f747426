"""Deadlines that explain themselves, so that adding the steps gives the date."""

from .counting import explain, refuse_uncountable, with_pauses
from .explanation import LONGEST, Explanation, Gap, MissingYear, NotCountable, Pause, Step, Unit
from .receipt import (
    OFFICE_HOURS,
    WorkingHours,
    day_zero,
    day_zero_again,
    days_late,
    days_left,
    ends_at,
    normalise_receipt,
    working_days_before,
)

__all__ = [
    "LONGEST",
    "OFFICE_HOURS",
    "Explanation",
    "Gap",
    "MissingYear",
    "NotCountable",
    "Pause",
    "Step",
    "Unit",
    "WorkingHours",
    "day_zero",
    "day_zero_again",
    "days_late",
    "days_left",
    "ends_at",
    "explain",
    "normalise_receipt",
    "refuse_uncountable",
    "with_pauses",
    "working_days_before",
]
