"""Reading what the start pages show."""

from .asked import AskedRow, asked
from .desk import Desk, desk

__all__ = ["AskedRow", "Desk", "asked", "desk"]
