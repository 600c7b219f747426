"""How what accounts keep looks: the words for roles, states and what happened."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ombudsman_app.core.policy import Role
from ombudsman_app.core.trail.events import Event
from ombudsman_app.directory.models import Office

from .queries import PeopleFilter
from .states import AccountState

ROLE_WORDS: dict[Role, Any] = {
    Role.PVL_ASSISTANT: _l("Intake officer"),
    Role.EXAMINER: _l("Examiner"),
    Role.PREVENTION_ASSISTANT: _l("Prevention officer"),
    Role.RESMON_ASSISTANT: _l("Resolution officer"),
    Role.HEAD_OF_ASSISTANTS: _l("Head of assistants"),
    Role.HEAD_OF_REPRESENTATIVE: _l("Head of representative"),
    Role.OMBUDSMAN_MEMBER: _l("Member of the Ombudsman"),
    Role.CHAIR: _l("Chair of the Ombudsman"),
    Role.AUDITOR: _l("Auditor"),
    Role.REVIEWER: _l("Reviewer"),
    Role.ANALYST: _l("Analyst"),
    Role.ADMINISTRATOR: _l("Administrator"),
    Role.CARETAKER: _l("Caretaker of the system"),
    Role.OFFICE_OFFICER: _l("Officer of the office"),
    Role.OFFICE_HEAD: _l("Head of the office"),
}


def role_word(role: Role) -> str:
    """Return the word for a role in the language of the page."""
    return str(ROLE_WORDS[role])


STATE_WORDS: dict[AccountState, Any] = {
    AccountState.INVITED: _l("Invited"),
    AccountState.ACTIVE: _l("Active"),
    AccountState.ENDED: _l("Ended"),
}
_STATE_TONES = {
    AccountState.INVITED: "info",
    AccountState.ACTIVE: "success",
    AccountState.ENDED: "neutral",
}
EVENT_WORDS: dict[str, Any] = {
    Event.ACCOUNTS_FOCAL_POINT_ENDED: _l("No longer focal point of the office"),
    Event.ACCOUNTS_FOCAL_POINT_NAMED: _l("Named as focal point of the office"),
    Event.ACCOUNTS_GRANT_GIVEN: _l("Role given"),
    Event.ACCOUNTS_GRANT_REVOKED: _l("Role ended"),
    Event.ACCOUNTS_LINK_ORDERED: _l("Link for a password ordered"),
    Event.ACCOUNTS_PASSWORD_CHANGED: _l("Password set"),
    Event.ACCOUNTS_PASSWORD_RESET: _l("Password taken back"),
    Event.ACCOUNTS_PROOF_FAILED: _l("Wrong password or code at a confirmation"),
    Event.ACCOUNTS_PROOF_GIVEN: _l("Password and code confirmed"),
    Event.ACCOUNTS_RECOVERY_CODE_USED: _l("Recovery code used"),
    Event.ACCOUNTS_RECOVERY_CODES_MADE: _l("Recovery codes made"),
    Event.ACCOUNTS_SECOND_FACTOR_RESET: _l("Phone for the codes taken back"),
    Event.ACCOUNTS_SECOND_FACTOR_SET: _l("Phone for the codes set up"),
    Event.ACCOUNTS_SESSIONS_ENDED: _l("Signed out elsewhere"),
    Event.ACCOUNTS_SIGNED_IN: _l("Signed in"),
    Event.ACCOUNTS_SIGNED_OUT: _l("Signed out"),
    Event.ACCOUNTS_USER_CREATED: _l("Account opened"),
    Event.ACCOUNTS_USER_DEACTIVATED: _l("Account closed"),
}


def account_state(state: AccountState) -> str:
    """Return the word for where an account stands."""
    return str(STATE_WORDS[state])


def account_tone(state: AccountState) -> str:
    """Return the tone of a state."""
    return _STATE_TONES[state]


def account_event(event: str) -> str:
    """Say what happened to an account; of another release only that something did."""
    return str(EVENT_WORDS.get(event, _("Something was changed")))


@dataclass(frozen=True)
class Box:
    """A select above the list (components/filter_bar.html)."""

    name: str
    label: str
    options: list[tuple[str, str]]
    chosen: str


def people_boxes(wanted: PeopleFilter, offices: Sequence[Office]) -> list[Box]:
    """Return the selects of the list of people."""
    all_of_them = ("", _("All"))
    return [
        Box(
            "state",
            _("State"),
            [all_of_them, *((one.value, account_state(one)) for one in AccountState)],
            wanted.state or "",
        ),
        Box(
            "role",
            _("Role"),
            [all_of_them, *((one.value, role_word(one)) for one in Role)],
            wanted.role or "",
        ),
        Box(
            "office",
            _("Office"),
            [all_of_them, *((str(one.id), one.name) for one in offices)],
            str(wanted.office_id or ""),
        ),
    ]


FILTERS = {
    "account_event": account_event,
    "account_state": account_state,
    "account_tone": account_tone,
    "role_word": role_word,
}
