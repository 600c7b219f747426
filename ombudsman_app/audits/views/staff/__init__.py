"""/staff/audits: instruments, rounds, the audit of an office."""

from . import assignment, audit, board, papers, plan_parts, planning, rounds
from .blueprint import bp

__all__ = ["assignment", "audit", "board", "bp", "papers", "plan_parts", "planning", "rounds"]
