"""Changing projects."""

from .amending import amend_project
from .days import recount_project_days, release_earlier_day
from .inputs import BY_HAND, ChangeInput, Origin, PartyInput, ProjectInput, RegistrationInput
from .linking import link_party
from .marking import OwnerFindingInput, find_at_owner, mark_firms
from .owners import OwnerInput, name_office
from .writing import add_project, change_project, note_registration

__all__ = [
    "BY_HAND",
    "ChangeInput",
    "Origin",
    "OwnerFindingInput",
    "OwnerInput",
    "PartyInput",
    "ProjectInput",
    "RegistrationInput",
    "add_project",
    "amend_project",
    "change_project",
    "find_at_owner",
    "link_party",
    "mark_firms",
    "name_office",
    "note_registration",
    "recount_project_days",
    "release_earlier_day",
]
