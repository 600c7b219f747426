"""What people type about audits: callers import the names from here."""

from .instrument_parts import ArrangeForm, DimensionForm, IndicatorForm, WeightsForm, weights_form
from .instrument_trial import TrialForm, hint_of, trial_form
from .instruments import CopyForm, HeadForm, ImportForm, MoveForm, NewInstrumentForm
from .schemes import SchemeForm

__all__ = [
    "ArrangeForm",
    "CopyForm",
    "DimensionForm",
    "HeadForm",
    "ImportForm",
    "IndicatorForm",
    "MoveForm",
    "NewInstrumentForm",
    "SchemeForm",
    "TrialForm",
    "WeightsForm",
    "hint_of",
    "trial_form",
    "weights_form",
]
