"""/staff/sign-in and the like: the door of staff and portal, and one's own account."""

from . import account, door, factor, password
from .blueprint import bp

__all__ = ["account", "bp", "door", "factor", "password"]
