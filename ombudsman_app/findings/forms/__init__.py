"""What people type about findings."""

from ombudsman_app.web.fields import VersionedForm

from .export import DecideExportForm, ExportForm
from .office import ProgressForm, ResponseForm
from .paper import PaperAnswerForm
from .staff import FindingForm, JudgementForm, ReleaseForm, VisitForm

__all__ = [
    "DecideExportForm",
    "ExportForm",
    "FindingForm",
    "JudgementForm",
    "PaperAnswerForm",
    "ProgressForm",
    "ReleaseForm",
    "ResponseForm",
    "VersionedForm",
    "VisitForm",
]
