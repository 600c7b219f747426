"""What people type about a complaint. Callers import the names from here."""

from .answers import answers_of, filled
from .follow import FollowForm
from .shown import shown
from .wizard import (
    ConfidentialityForm,
    EmployerForm,
    IdentityForm,
    NarrativeForm,
    RemedyForm,
    SendForm,
    ServiceForm,
    ToldForm,
    UrgencyForm,
    WhenForm,
)

__all__ = [
    "ConfidentialityForm",
    "EmployerForm",
    "FollowForm",
    "IdentityForm",
    "NarrativeForm",
    "RemedyForm",
    "SendForm",
    "ServiceForm",
    "ToldForm",
    "UrgencyForm",
    "WhenForm",
    "answers_of",
    "filled",
    "shown",
]
