"""Tables of complaints; callers import the names from here."""

from .complaint import NO_DUE_DAY, Complaint, ComplaintClock, ComplaintStep, ToldFirst
from .draft import CODE_LASTS, DRAFT_LASTS, ComplaintDraft, token_hash
from .reporter import ReporterIdentity

__all__ = [
    "CODE_LASTS",
    "DRAFT_LASTS",
    "NO_DUE_DAY",
    "Complaint",
    "ComplaintClock",
    "ComplaintDraft",
    "ComplaintStep",
    "ReporterIdentity",
    "ToldFirst",
    "token_hash",
]
