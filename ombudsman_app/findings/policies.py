"""Who may do what with a finding that this person can see."""

from collections.abc import Callable
from typing import Any

from ombudsman_app.core.policy import PORTAL_ROLES, Actor, Policy, Role

from .models import Finding
from .scope import EXPORTERS, READERS, SECOND_PERSONS

Condition = Callable[[Actor, Any], bool]
_HEAD = frozenset({Role.HEAD_OF_REPRESENTATIVE})
MAKERS = frozenset({Role.PREVENTION_ASSISTANT, Role.AUDITOR, Role.EXAMINER, Role.HEAD_OF_REPRESENTATIVE})
JUDGES = frozenset(
    {
        Role.REVIEWER,
        Role.RESMON_ASSISTANT,
        Role.PREVENTION_ASSISTANT,
        Role.AUDITOR,
        Role.EXAMINER,
        Role.HEAD_OF_REPRESENTATIVE,
    }
)


FILERS = MAKERS | {Role.RESMON_ASSISTANT}  # of answers that came on paper


def _acts_as(roles: frozenset[Role]) -> Condition:
    """The role is held at the office that handles it, not just somewhere."""
    return lambda actor, found: found.representative_office_id in actor.offices_as(*roles)


def _judges(actor: Actor, finding: Finding) -> bool:
    """Another officer than who wrote the finding, and nobody of the office that answers.

    Whose answer it was, of somebody whose right there has ended since, is asked in the command.
    """
    is_own = finding.is_written_by(actor.user_id) or _is_addressed(actor, finding)
    return not is_own and _acts_as(JUDGES)(actor, finding)


def _is_addressed(actor: Actor, finding: Finding) -> bool:
    return finding.office_id in actor.offices_as(*PORTAL_ROLES)


def _asked(actor: Actor, export: Any) -> bool:
    """One's own sheet, as long as one still works with findings at that office (AZ9)."""
    return export.asked_by_id == actor.user_id and _acts_as(EXPORTERS)(actor, export)


def _is_second(actor: Actor, export: Any) -> bool:
    """Another person than the one who asked (AZ10)."""
    return export.asked_by_id != actor.user_id and _acts_as(SECOND_PERSONS)(actor, export)


EXPORT = Policy("findings.export", roles=EXPORTERS)
FETCH_EXPORT = Policy("findings.fetch_export", roles=EXPORTERS, when=_asked)
DECIDE_EXPORT = Policy("findings.decide_export", roles=SECOND_PERSONS, when=_is_second)


def _files(actor: Actor, finding: Finding) -> bool:
    """An officer of the Ombudsman there, and nobody of the office that answers."""
    return not _is_addressed(actor, finding) and _acts_as(FILERS)(actor, finding)


FILE_ANSWER = Policy("findings.file_answer", roles=FILERS, when=_files)
WRITE = Policy("findings.write", roles=MAKERS, when=_acts_as(MAKERS))
JUDGE = Policy("findings.judge", roles=JUDGES, when=_judges)
DECIDE_TIME = Policy("findings.decide_time", roles=JUDGES, when=_judges)  # as it is judged: by another
RELEASE = Policy("findings.release", roles=_HEAD, when=_acts_as(_HEAD))
OBSERVE = Policy("findings.observe", roles=MAKERS)
RESPOND = Policy("findings.respond", roles=PORTAL_ROLES, when=_is_addressed)
POLICIES = [
    DECIDE_EXPORT,
    EXPORT,
    FETCH_EXPORT,
    FILE_ANSWER,
    DECIDE_TIME,
    JUDGE,
    OBSERVE,
    RELEASE,
    RESPOND,
    WRITE,
    Policy("findings.inbox", roles=PORTAL_ROLES),
    Policy("findings.make", roles=MAKERS, when=_acts_as(MAKERS)),  # from a visit that one can see
    Policy("findings.read", roles=READERS),
    Policy("findings.read_export", roles=EXPORTERS | SECOND_PERSONS),  # one's own, or to be decided
    Policy("findings.read_visit", roles=READERS),
    Policy("findings.register", roles=READERS),
    Policy("findings.visits", roles=READERS),
]
