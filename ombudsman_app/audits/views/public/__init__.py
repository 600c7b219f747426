"""/penilaian: published audits, offices compared."""

from . import lists, result
from .blueprint import bp

__all__ = ["bp", "lists", "result"]
