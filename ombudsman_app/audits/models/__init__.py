"""Tables of audits."""

from .answer_time import AuditClock, AuditClockMove
from .audit import Audit, AuditMember, AuditRound, AuditStep
from .correction import AuditCorrection
from .instrument import AuditScheme, Instrument, InstrumentVersion
from .result import AnswerChange, AuditResponse, AuditScore, ProposedFinding, StudyPlace
from .review import ReviewRemark
from .sheet import AuditSheet, SheetAnswer, SheetEvidence, SheetSample

__all__ = [
    "AnswerChange",
    "Audit",
    "AuditClock",
    "AuditClockMove",
    "AuditCorrection",
    "AuditMember",
    "AuditResponse",
    "AuditRound",
    "AuditScheme",
    "AuditScore",
    "AuditSheet",
    "AuditStep",
    "Instrument",
    "InstrumentVersion",
    "ProposedFinding",
    "ReviewRemark",
    "SheetAnswer",
    "SheetEvidence",
    "SheetSample",
    "StudyPlace",
]
