"""/portal/clarifications: what the own office is asked to explain."""

from . import acknowledging, answering, more_time, requests
from .blueprint import bp

__all__ = ["acknowledging", "answering", "bp", "more_time", "requests"]
