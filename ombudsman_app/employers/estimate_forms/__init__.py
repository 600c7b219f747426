"""What officers type to have unpaid contributions estimated: one form for each type."""

from collections.abc import Mapping

from ombudsman_app.employers.estimates.fields import EstimateType

from .base import EstimateForm
from .others import ArrearsForm, FineForm, JakonForm
from .workers import LeftOutForm, LowWageForm, MissingProgrammeForm, PwbdForm

FORMS: Mapping[EstimateType, type[EstimateForm]] = {
    form.KIND: form
    for form in (
        *(PwbdForm, LeftOutForm, LowWageForm, MissingProgrammeForm),
        *(ArrearsForm, FineForm, JakonForm),
    )
}

__all__ = ["FORMS", "EstimateForm"]
