"""Tables of imports."""

from .row import ImportBlock, ImportChange, ImportRow
from .run import ImportRun, ImportSource

__all__ = ["ImportBlock", "ImportChange", "ImportRow", "ImportRun", "ImportSource"]
