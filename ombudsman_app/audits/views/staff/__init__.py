"""/staff/audits: instruments, rounds, the audit of an office."""

from .blueprint import bp

__all__ = ["bp"]
