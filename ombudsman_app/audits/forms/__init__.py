"""What people type about audits: callers import the names from here."""

from ombudsman_app.web.fields import VersionedForm

from .final import CorrectionForm, DropCorrectionForm, DropForm, ProposalForm, RulingForm
from .instrument_parts import ArrangeForm, DimensionForm, IndicatorForm, WeightsForm, weights_form
from .instrument_trial import TrialForm, hint_of, trial_form
from .instruments import CopyForm, HeadForm, ImportForm, MoveForm, NewInstrumentForm
from .responses import ResponseForm
from .schemes import SchemeForm

__all__ = [
    "ArrangeForm",
    "CopyForm",
    "CorrectionForm",
    "DimensionForm",
    "DropCorrectionForm",
    "DropForm",
    "HeadForm",
    "ImportForm",
    "IndicatorForm",
    "MoveForm",
    "NewInstrumentForm",
    "ProposalForm",
    "ResponseForm",
    "RulingForm",
    "SchemeForm",
    "TrialForm",
    "VersionedForm",
    "WeightsForm",
    "hint_of",
    "trial_form",
    "weights_form",
]
