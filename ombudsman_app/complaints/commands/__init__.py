"""Changing complaints: one verb, one transaction. Callers import the names from here."""

from .drafts import answer_draft, confirm_code, forget_draft, start_draft, sweep_drafts
from .recount import Recount, recount_open_clocks, release_earlier_day
from .register import ComplaintInput, Receipt, missing_answers, register_complaint, send_draft

__all__ = [
    "ComplaintInput",
    "Receipt",
    "Recount",
    "answer_draft",
    "confirm_code",
    "forget_draft",
    "missing_answers",
    "recount_open_clocks",
    "register_complaint",
    "release_earlier_day",
    "send_draft",
    "start_draft",
    "sweep_drafts",
]
