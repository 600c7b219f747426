"""/lapor and /lacak: file a complaint, follow it."""

from . import calendar, follow, letters, sending, wizard
from .blueprint import bp

__all__ = ["bp", "calendar", "follow", "letters", "sending", "wizard"]
