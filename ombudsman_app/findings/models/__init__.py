"""Tables of findings."""

from .clock import FindingClock
from .entry import FindingEntry, Judgement, ProgressReport, Response
from .export import RegisterExport
from .finding import NO_DUE_DAY, Finding, Measure
from .ladder import LadderStep
from .more_time import FindingClockMove, FindingTimeRequest
from .observation import VisitFinding, VisitObservation

__all__ = [
    "NO_DUE_DAY",
    "Finding",
    "FindingClock",
    "FindingClockMove",
    "FindingEntry",
    "FindingTimeRequest",
    "Judgement",
    "LadderStep",
    "Measure",
    "ProgressReport",
    "RegisterExport",
    "Response",
    "VisitFinding",
    "VisitObservation",
]
