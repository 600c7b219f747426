"""Tables of complaints; callers import the names from here."""

from .access import IdentityAccess
from .answer import AnswerBox, AnswerLink, ClarificationAnswer
from .check import ComplaintCheck
from .complaint import NO_DUE_DAY, Complaint, ComplaintClock, ComplaintStep, ToldFirst
from .conversation import ComplaintMessage, ComplaintNote, Notice, opened_text, sealed_text
from .draft import CODE_LASTS, DRAFT_LASTS, ComplaintDraft, token_hash
from .employer_link import ComplaintEmployer, TipEmployer
from .feed import CalendarFeed, FeedKind
from .more_time import ClarificationTimeRequest
from .pause import ClockMove, ClockPause
from .report import ExaminationReport, ReportAction, ReportRevision
from .reporter import ReporterIdentity
from .saved_view import SavedView
from .tip import InformationTip, TipMessage, TipStep

__all__ = [
    "CODE_LASTS",
    "DRAFT_LASTS",
    "NO_DUE_DAY",
    "AnswerBox",
    "AnswerLink",
    "CalendarFeed",
    "ClarificationAnswer",
    "ClarificationTimeRequest",
    "ClockMove",
    "ClockPause",
    "Complaint",
    "ComplaintCheck",
    "ComplaintClock",
    "ComplaintDraft",
    "ComplaintEmployer",
    "ComplaintMessage",
    "ComplaintNote",
    "ComplaintStep",
    "ExaminationReport",
    "FeedKind",
    "IdentityAccess",
    "InformationTip",
    "Notice",
    "ReportAction",
    "ReportRevision",
    "ReporterIdentity",
    "SavedView",
    "TipEmployer",
    "TipMessage",
    "TipStep",
    "ToldFirst",
    "opened_text",
    "sealed_text",
    "token_hash",
]
