"""/staff/audits: instruments, rounds, the audit of an office."""

from . import (
    assignment,
    audit,
    board,
    instruments,
    instruments_editing,
    instruments_trial,
    papers,
    plan_parts,
    planning,
    rounds,
    schemes,
)
from .blueprint import bp

__all__ = [
    "assignment",
    "audit",
    "board",
    "bp",
    "instruments",
    "instruments_editing",
    "instruments_trial",
    "papers",
    "plan_parts",
    "planning",
    "rounds",
    "schemes",
]
