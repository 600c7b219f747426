"""What people type about accounts: at the door, about themselves, and about others."""

from .door import (
    FORMS_OF_REFUSALS,
    ChangePasswordForm,
    EndSessionForm,
    EnrolForm,
    ForgottenForm,
    NewPasswordForm,
    ProofForm,
    SignInForm,
    normalised_email,
    words_of,
)
from .managing import EndGrantForm, GrantForm, InvitationForm, ResetForm

__all__ = [
    "FORMS_OF_REFUSALS",
    "ChangePasswordForm",
    "EndGrantForm",
    "EndSessionForm",
    "EnrolForm",
    "ForgottenForm",
    "GrantForm",
    "InvitationForm",
    "NewPasswordForm",
    "ProofForm",
    "ResetForm",
    "SignInForm",
    "normalised_email",
    "words_of",
]
