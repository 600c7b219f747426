"""/staff/complaints: the queue, the case, and what officers do with it."""

from . import case, queue
from .blueprint import bp

__all__ = ["bp", "case", "queue"]
