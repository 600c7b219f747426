"""/staff/imports: lists that are brought, step by step."""

from . import bring, deciding, files, run, steps
from .blueprint import bp

__all__ = ["bp", "bring", "deciding", "files", "run", "steps"]
