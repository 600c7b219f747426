"""Who may do what with an employer that this person can see."""

from collections.abc import Callable
from typing import Any

from ombudsman_app.core.policy import Actor, Policy, Role
from ombudsman_app.findings.policies import MAKERS as FINDERS

from .compliance.policies import POLICIES as CASE_POLICIES
from .scope import READERS

Condition = Callable[[Actor, Any], bool]
MAKERS = frozenset(
    {
        Role.PREVENTION_ASSISTANT,
        Role.EXAMINER,
        Role.AUDITOR,
        Role.ANALYST,
        Role.HEAD_OF_REPRESENTATIVE,
    }
)
IMPORTERS = frozenset({Role.PREVENTION_ASSISTANT, Role.ANALYST, Role.HEAD_OF_REPRESENTATIVE})


def acts_as(roles: frozenset[Role]) -> Condition:
    """The role is held at the office that follows the employer, not just somewhere."""
    return lambda actor, found: found.representative_office_id in actor.offices_as(*roles)


HEADS = frozenset({Role.HEAD_OF_REPRESENTATIVE})
WRITE_PROJECT = Policy("employers.write_project", roles=MAKERS, when=acts_as(MAKERS))
WRITE_OWNER = Policy("employers.write_owner", roles=MAKERS, when=acts_as(MAKERS))
FIND_PROJECT = Policy("employers.find_project", roles=FINDERS, when=acts_as(FINDERS))
RELEASE_DAY = Policy("employers.release_day", roles=HEADS, when=acts_as(HEADS))
WRITE = Policy("employers.write", roles=MAKERS, when=acts_as(MAKERS))
ESTIMATE = Policy("employers.estimate", roles=MAKERS, when=acts_as(MAKERS))
POLICIES = [
    *CASE_POLICIES,
    WRITE,
    ESTIMATE,
    Policy("employers.list", roles=READERS),
    Policy("employers.read", roles=READERS),
    Policy("employers.add", roles=MAKERS),
    Policy("employers.open_number", roles=MAKERS, when=acts_as(MAKERS)),
    WRITE_PROJECT,
    WRITE_OWNER,
    RELEASE_DAY,
    FIND_PROJECT,
    Policy("employers.projects", roles=READERS),
    Policy("employers.read_project", roles=READERS),
    Policy("employers.add_project", roles=MAKERS),
    Policy("employers.read_estimate", roles=READERS),
    Policy("employers.order_estimate", roles=READERS),
    Policy("employers.fetch_estimate", roles=READERS),
]
