"""/staff/sign-in and the like: the door of staff and portal, one's own account, and those of others."""

from . import account, door, factor, password, people
from .blueprint import bp

__all__ = ["account", "bp", "door", "factor", "password", "people"]
