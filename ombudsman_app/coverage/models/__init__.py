"""Tables of coverage."""

from .figure import CoverageFigure
from .source import CoverageSource, SourceKind
from .target import CoverageTarget

__all__ = ["CoverageFigure", "CoverageSource", "CoverageTarget", "SourceKind"]
