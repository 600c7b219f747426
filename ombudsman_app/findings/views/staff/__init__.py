"""/staff/findings: the register, one finding from draft to done, visits."""

from . import exports, finding, ladder, paper, register, visits
from .blueprint import bp

__all__ = ["bp", "exports", "finding", "ladder", "paper", "register", "visits"]
