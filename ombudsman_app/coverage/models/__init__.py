"""Tables of coverage."""

from .boundary import Boundary, BoundaryLevel, BoundarySet
from .duty import DutyEntry, DutyProposal, DutyStatus
from .figure import CoverageFigure
from .local_rule import LocalRule, LocalRuleEvent, LocalRuleWord
from .source import CoverageSource, SourceKind
from .target import CoverageTarget

__all__ = [
    "Boundary",
    "BoundaryLevel",
    "BoundarySet",
    "CoverageFigure",
    "CoverageSource",
    "CoverageTarget",
    "DutyEntry",
    "DutyProposal",
    "DutyStatus",
    "LocalRule",
    "LocalRuleEvent",
    "LocalRuleWord",
    "SourceKind",
]
