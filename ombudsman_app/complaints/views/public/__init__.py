"""/lapor and /lacak: file a complaint, follow it."""

from . import calendar, follow, sending, wizard
from .blueprint import bp

__all__ = ["bp", "calendar", "follow", "sending", "wizard"]
