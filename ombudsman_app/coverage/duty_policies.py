"""Who may do what with the duties of Inpres 2/2021."""

from typing import Any

from ombudsman_app.core.policy import PORTAL_ROLES, Actor, Policy

from .local_rule_policies import MAKERS, READERS, acts_for_place


def _is_own(actor: Actor, found: Any) -> bool:
    return found.office_id in actor.offices_as(*PORTAL_ROLES)


ASSESS = Policy("duties.assess", roles=MAKERS, when=acts_for_place)
PROPOSE = Policy("duties.propose", roles=PORTAL_ROLES, when=_is_own)
DUTY_POLICIES = [
    ASSESS,
    PROPOSE,
    Policy("duties.list", roles=READERS),
    Policy("duties.read", roles=READERS),
    Policy("duties.read_proposal", roles=READERS),
    Policy("duties.own", roles=PORTAL_ROLES),
    Policy("duties.read_own", roles=PORTAL_ROLES, when=_is_own),
]
