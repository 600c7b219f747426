"""/portal/clarifications: what the own office is asked to explain."""

from . import acknowledging, answering, requests
from .blueprint import bp

__all__ = ["acknowledging", "answering", "bp", "requests"]
