"""/staff/meetings: monitoring meetings, who came, what was agreed and what became of it."""

from . import commitments, follow_up, lists, meeting, papers, people, planning
from .blueprint import bp

__all__ = ["bp", "commitments", "follow_up", "lists", "meeting", "papers", "people", "planning"]
