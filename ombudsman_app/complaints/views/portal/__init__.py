"""/portal/clarifications: what the own office is asked to explain."""

from . import answering, requests
from .blueprint import bp

__all__ = ["answering", "bp", "requests"]
