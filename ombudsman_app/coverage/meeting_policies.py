"""Who may do what with a meeting or a commitment that this person can see."""

from collections.abc import Callable
from typing import Any

from ombudsman_app.core.policy import PORTAL_ROLES, Actor, Policy, Role
from ombudsman_app.employers.scope import READERS

Condition = Callable[[Actor, Any], bool]
MAKERS = frozenset({Role.PREVENTION_ASSISTANT, Role.EXAMINER, Role.ANALYST, Role.HEAD_OF_REPRESENTATIVE})
PAPER_WRITERS = MAKERS - {Role.ANALYST}  # who reads papers of the house also writes them
HEADS = frozenset({Role.HEAD_OF_REPRESENTATIVE, Role.HEAD_OF_ASSISTANTS})
JUDGES = MAKERS | HEADS | {Role.RESMON_ASSISTANT}


def acts_as(roles: frozenset[Role]) -> Condition:
    """The role is held at the office that called the meeting, not just somewhere."""
    return lambda actor, found: found.representative_office_id in actor.offices_as(*roles)


def _is_own(actor: Actor, found: Any) -> bool:
    return found.office_id in actor.offices_as(*PORTAL_ROLES)


def _judges(actor: Actor, found: Any) -> bool:
    """Another person than the one who reported it done (AZ10)."""
    return found.reported_by_id != actor.user_id and acts_as(JUDGES)(actor, found)


WORK = Policy("meetings.work", roles=MAKERS, when=acts_as(MAKERS))
WRITE_PAPER = Policy("meetings.write_paper", roles=PAPER_WRITERS, when=acts_as(PAPER_WRITERS))
WORK_COMMITMENT = Policy("meetings.work_commitment", roles=MAKERS, when=acts_as(MAKERS))
JUDGE = Policy("meetings.judge", roles=JUDGES, when=_judges)
READ_INVITED = Policy("meetings.read_invited", roles=PORTAL_ROLES, when=_is_own)
REPORT = Policy("meetings.report", roles=PORTAL_ROLES, when=_is_own)
POLICIES = [
    WORK,
    WRITE_PAPER,
    WORK_COMMITMENT,
    JUDGE,
    READ_INVITED,
    REPORT,
    Policy("meetings.list", roles=READERS),
    Policy("meetings.read", roles=READERS),
    Policy("meetings.add", roles=MAKERS),
    Policy("meetings.commitments", roles=READERS),
    Policy("meetings.read_commitment", roles=READERS),
    Policy("meetings.inbox", roles=PORTAL_ROLES),
    Policy("meetings.own_commitments", roles=PORTAL_ROLES),
]
