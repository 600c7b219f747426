"""/lapor and /lacak: file a complaint, follow it."""

from . import answer_link, calendar, follow, letters, sending, wizard
from .blueprint import bp

__all__ = ["answer_link", "bp", "calendar", "follow", "letters", "sending", "wizard"]
