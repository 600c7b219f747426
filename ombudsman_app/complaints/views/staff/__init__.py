"""/staff/complaints: the queue, the case, and what officers do with it."""

from . import case, clocks, decision, identity, interest, queue, saved_views, verification
from .blueprint import bp

__all__ = ["bp", "case", "clocks", "decision", "identity", "interest", "queue", "saved_views", "verification"]
