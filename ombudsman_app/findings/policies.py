"""Who may do what with a finding that this person can see."""

from collections.abc import Callable
from typing import Any

from ombudsman_app.core.policy import PORTAL_ROLES, Actor, Policy, Role

from .models import Finding
from .scope import READERS

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


def _acts_as(roles: frozenset[Role]) -> Condition:
    """The role is held at the office that handles it, not just somewhere."""
    return lambda actor, found: found.representative_office_id in actor.offices_as(*roles)


def _judges(actor: Actor, finding: Finding) -> bool:
    """Another officer than who wrote the finding, and nobody of the office that answers.

    Whose answer it was, of somebody whose right there has ended since, is asked in the command.
    """
    is_own = finding.made_by_id == actor.user_id or _is_addressed(actor, finding)
    return not is_own and _acts_as(JUDGES)(actor, finding)


def _is_addressed(actor: Actor, finding: Finding) -> bool:
    return finding.office_id in actor.offices_as(*PORTAL_ROLES)


WRITE = Policy("findings.write", roles=MAKERS, when=_acts_as(MAKERS))
JUDGE = Policy("findings.judge", roles=JUDGES, when=_judges)
RELEASE = Policy("findings.release", roles=_HEAD, when=_acts_as(_HEAD))
OBSERVE = Policy("findings.observe", roles=MAKERS)
RESPOND = Policy("findings.respond", roles=PORTAL_ROLES, when=_is_addressed)
POLICIES = [
    JUDGE,
    OBSERVE,
    RELEASE,
    RESPOND,
    WRITE,
    Policy("findings.inbox", roles=PORTAL_ROLES),
    Policy("findings.make", roles=MAKERS, when=_acts_as(MAKERS)),  # from a visit that one can see
    Policy("findings.read", roles=READERS),
    Policy("findings.read_visit", roles=READERS),
    Policy("findings.register", roles=READERS),
    Policy("findings.visits", roles=READERS),
]
