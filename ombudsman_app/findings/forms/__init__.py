"""What people type about findings."""

from .office import ProgressForm, ResponseForm
from .staff import FindingForm, JudgementForm, ReleaseForm, VersionedForm, VisitForm

__all__ = [
    "FindingForm",
    "JudgementForm",
    "ProgressForm",
    "ReleaseForm",
    "ResponseForm",
    "VersionedForm",
    "VisitForm",
]
