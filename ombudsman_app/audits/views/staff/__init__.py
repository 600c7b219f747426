"""/staff/audits: instruments, rounds, the audit of an office, sheets."""

from . import (
    assignment,
    audit,
    board,
    calendar,
    comparison,
    field,
    field_evidence,
    field_submit,
    instruments,
    instruments_editing,
    instruments_trial,
    papers,
    plan_parts,
    planning,
    publication,
    rounds,
    schemes,
)
from .blueprint import bp

__all__ = [
    "assignment",
    "audit",
    "board",
    "bp",
    "calendar",
    "comparison",
    "field",
    "field_evidence",
    "field_submit",
    "instruments",
    "instruments_editing",
    "instruments_trial",
    "papers",
    "plan_parts",
    "planning",
    "publication",
    "rounds",
    "schemes",
]
