"""Who may do what with an outreach event that this person can see."""

from typing import Any

from ombudsman_app.core.policy import PORTAL_ROLES, Actor, Policy
from ombudsman_app.employers.scope import READERS

from .local_rule_policies import MAKERS
from .meeting_policies import acts_as
from .meeting_states import CameBy


def is_own(actor: Actor, found: Any) -> bool:
    """One answers for the office that holds the event."""
    return found.office_id in actor.offices_as(*PORTAL_ROLES)


def _wrote_it(actor: Actor, found: Any) -> bool:
    """The own office brought it: what the Ombudsman wrote down is read and not changed."""
    return found.came_by is CameBy.PORTAL and is_own(actor, found)


WORK = Policy("outreach.work", roles=MAKERS, when=acts_as(MAKERS))
WORK_OWN = Policy("outreach.work_own", roles=PORTAL_ROLES, when=_wrote_it)
OUTREACH_POLICIES = [
    WORK,
    WORK_OWN,
    Policy("outreach.list", roles=READERS),
    Policy("outreach.read", roles=READERS),
    Policy("outreach.add", roles=MAKERS),
    Policy("outreach.own", roles=PORTAL_ROLES),
    Policy("outreach.read_own", roles=PORTAL_ROLES, when=is_own),
    Policy("outreach.add_own", roles=PORTAL_ROLES),
]
