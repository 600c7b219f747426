"""/staff/documents: the register of papers, one paper, and many that go out together."""

from . import batch, document
from .blueprint import bp

__all__ = ["batch", "bp", "document"]
