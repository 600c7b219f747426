"""/staff/findings: the register, one finding from draft to done, visits."""

from . import finding, ladder, register, visits
from .blueprint import bp

__all__ = ["bp", "finding", "ladder", "register", "visits"]
