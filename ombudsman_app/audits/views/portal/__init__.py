"""/portal/penilaian: the draft of an audit, what the office says to it."""

from .blueprint import bp

__all__ = ["bp"]
