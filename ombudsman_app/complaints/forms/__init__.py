"""What people type about a complaint. Callers import the names from here."""

from .answers import answers_of, filled
from .case import AssignForm, BeginForm, DecisionForm, DeclarationForm, OpenIdentityForm, VersionedForm
from .checks import ChecksForm, FormalChecksForm, MaterialChecksForm
from .conversation import MessageForm, NoteForm
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
    "AssignForm",
    "BeginForm",
    "ChecksForm",
    "ConfidentialityForm",
    "DecisionForm",
    "DeclarationForm",
    "EmployerForm",
    "FollowForm",
    "FormalChecksForm",
    "IdentityForm",
    "MaterialChecksForm",
    "MessageForm",
    "NarrativeForm",
    "NoteForm",
    "OpenIdentityForm",
    "RemedyForm",
    "SendForm",
    "ServiceForm",
    "ToldForm",
    "UrgencyForm",
    "VersionedForm",
    "WhenForm",
    "answers_of",
    "filled",
    "shown",
]
