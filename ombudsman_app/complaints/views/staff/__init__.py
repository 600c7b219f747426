"""/staff/complaints: the queue, the case, and what officers do with it; /staff/tips: information."""

from . import (
    answer_links,
    calendar,
    case,
    clocks,
    decision,
    employers,
    examination,
    identity,
    interest,
    letters,
    opened,
    pauses,
    queue,
    report,
    saved_views,
    tip,
    tips,
    verification,
)
from .blueprint import bp, identities_bp, tips_bp

more = (tips_bp, identities_bp)

__all__ = [
    "answer_links",
    "bp",
    "calendar",
    "case",
    "clocks",
    "decision",
    "employers",
    "examination",
    "identity",
    "interest",
    "letters",
    "more",
    "opened",
    "pauses",
    "queue",
    "report",
    "saved_views",
    "tip",
    "tips",
    "verification",
]
