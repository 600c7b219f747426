"""/penilaian: published audits, offices compared."""

from .blueprint import bp

__all__ = ["bp"]
