"""Who may do what with a compliance case that this person can see."""

from collections.abc import Callable
from typing import Any

from ombudsman_app.core.policy import PORTAL_ROLES, Actor, Policy, Role
from ombudsman_app.employers.models import CaseForwarding
from ombudsman_app.employers.scope import READERS

from .rules import Recipient

Condition = Callable[[Actor, Any], bool]
_HEAD = frozenset({Role.HEAD_OF_REPRESENTATIVE})
WORKERS = frozenset({Role.PREVENTION_ASSISTANT, Role.EXAMINER, Role.AUDITOR, Role.HEAD_OF_REPRESENTATIVE})
RELEASERS = frozenset({Role.HEAD_OF_REPRESENTATIVE, Role.HEAD_OF_ASSISTANTS})
REVIEWERS = WORKERS | {Role.RESMON_ASSISTANT, Role.HEAD_OF_ASSISTANTS}


def _acts_as(roles: frozenset[Role]) -> Condition:
    """The role is held at the office that follows the case, not just somewhere."""
    return lambda actor, found: found.representative_office_id in actor.offices_as(*roles)


def _is_addressed(actor: Actor, forwarding: CaseForwarding) -> bool:
    return forwarding.office_id in actor.offices_as(*PORTAL_ROLES)


def _must_act(actor: Actor, forwarding: CaseForwarding) -> bool:
    """The branch that it was forwarded to; a labour office is told, and records nothing."""
    return forwarding.recipient is Recipient.BRANCH and _is_addressed(actor, forwarding)


def _reviews(actor: Actor, case: Any) -> bool:
    """Another officer than who handles it; whose protest it was is asked in the command."""
    return case.officer_id != actor.user_id and _acts_as(REVIEWERS)(actor, case)


READ = Policy("compliance.read", roles=READERS)
WORK = Policy("compliance.work", roles=WORKERS, when=_acts_as(WORKERS))
RELEASE = Policy("compliance.release", roles=RELEASERS, when=_acts_as(RELEASERS))
REVIEW = Policy("compliance.review", roles=REVIEWERS, when=_reviews)
DECIDE_DELAY = Policy("compliance.decide_delay", roles=WORKERS, when=_acts_as(WORKERS))
RELEASE_DAY = Policy("compliance.release_day", roles=_HEAD, when=_acts_as(_HEAD))
OPEN = Policy("compliance.open", roles=WORKERS, when=_acts_as(WORKERS))  # of an employer that one can see
READ_FORWARDED = Policy("compliance.read_forwarded", roles=PORTAL_ROLES, when=_is_addressed)
RECORD = Policy("compliance.record", roles=PORTAL_ROLES, when=_must_act)
POLICIES = [
    READ,
    WORK,
    RELEASE,
    REVIEW,
    DECIDE_DELAY,
    RELEASE_DAY,
    OPEN,
    READ_FORWARDED,
    RECORD,
    Policy("compliance.begin", roles=WORKERS),  # about an employer that the address names
    Policy("compliance.list", roles=READERS),
    Policy("compliance.pictures", roles=READERS),
    Policy("compliance.print", roles=READERS),
    Policy("compliance.inbox", roles=PORTAL_ROLES),
]
