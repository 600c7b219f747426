"""What people type about findings."""

from ombudsman_app.web.fields import VersionedForm

from .office import ProgressForm, ResponseForm
from .staff import FindingForm, JudgementForm, ReleaseForm, VisitForm

__all__ = [
    "FindingForm",
    "JudgementForm",
    "ProgressForm",
    "ReleaseForm",
    "ResponseForm",
    "VersionedForm",
    "VisitForm",
]
