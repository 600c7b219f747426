"""What officers type about employers."""

from .deciding import EndBreachForm, OpenNumberForm, SameForm
from .employer import EmployerForm
from .saying import BreachForm, ObservationForm

__all__ = [
    "BreachForm",
    "EmployerForm",
    "EndBreachForm",
    "ObservationForm",
    "OpenNumberForm",
    "SameForm",
]
