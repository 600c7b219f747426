"""Changing complaints: one verb, one transaction. Callers import the names from here."""

from .drafts import answer_draft, confirm_code, forget_draft, start_draft, sweep_drafts
from .register import ComplaintInput, Receipt, register_complaint, send_draft

__all__ = [
    "ComplaintInput",
    "Receipt",
    "answer_draft",
    "confirm_code",
    "forget_draft",
    "register_complaint",
    "send_draft",
    "start_draft",
    "sweep_drafts",
]
