"""How what accounts keep looks: the word for a role."""

from typing import Any

from flask_babel import lazy_gettext as _l

from ombudsman_app.core.policy import Role

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


FILTERS = {"role_word": role_word}
