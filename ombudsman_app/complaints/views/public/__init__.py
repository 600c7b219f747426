"""/lapor and /lacak: file a complaint, follow it."""

from . import follow, sending, wizard
from .blueprint import bp

__all__ = ["bp", "follow", "sending", "wizard"]
