"""/portal/penilaian: the draft of an audit, what the office says to it."""

from . import drafts, responses
from .blueprint import bp

__all__ = ["bp", "drafts", "responses"]
