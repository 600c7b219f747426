"""Tables of coverage."""

from .boundary import Boundary, BoundaryLevel, BoundarySet
from .commitment import Commitment, CommitmentCarried, CommitmentEntry
from .duty import DutyEntry, DutyProposal, DutyStatus
from .figure import CoverageFigure
from .innovation import (
    Innovation,
    InnovationEvaluation,
    InnovationFacts,
    InnovationStatement,
    Proposed,
)
from .local_rule import LocalRule, LocalRuleEvent, LocalRuleWord
from .meeting import AgendaItem, MeetingBody, MinutesReading, MonitoringMeeting
from .meeting_person import MeetingDoor, MeetingPerson
from .outreach import OutreachEntry, OutreachEvent, OutreachTarget
from .sheet import CoverageSheet
from .source import CoverageSource, SourceKind
from .target import CoverageTarget

__all__ = [
    "AgendaItem",
    "Boundary",
    "BoundaryLevel",
    "BoundarySet",
    "Commitment",
    "CommitmentCarried",
    "CommitmentEntry",
    "CoverageFigure",
    "CoverageSheet",
    "CoverageSource",
    "CoverageTarget",
    "DutyEntry",
    "DutyProposal",
    "DutyStatus",
    "Innovation",
    "InnovationEvaluation",
    "InnovationFacts",
    "InnovationStatement",
    "LocalRule",
    "LocalRuleEvent",
    "LocalRuleWord",
    "MeetingBody",
    "MeetingDoor",
    "MeetingPerson",
    "MinutesReading",
    "MonitoringMeeting",
    "OutreachEntry",
    "OutreachEvent",
    "OutreachTarget",
    "Proposed",
    "SourceKind",
]
