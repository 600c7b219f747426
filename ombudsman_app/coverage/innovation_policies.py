"""Who may do what with innovations. What was released is everybody's; few write, another releases."""

from typing import Any

from ombudsman_app.core.policy import Actor, Policy

from .figure_policies import DECIDERS, MAKERS
from .local_rule_policies import READERS


def writes_for_place(actor: Actor, found: Any) -> bool:
    """The role is held at the office that watches over the place, not just somewhere."""
    return found.representative_office_id in actor.offices_as(*MAKERS)


def decides_for_place(actor: Actor, found: Any) -> bool:
    """The same, of those who release."""
    return found.representative_office_id in actor.offices_as(*DECIDERS)


ADD = Policy("innovations.add", roles=MAKERS)
WRITE = Policy("innovations.write", roles=MAKERS, when=writes_for_place)
DECIDE = Policy("innovations.decide", roles=DECIDERS, when=decides_for_place)
INNOVATION_POLICIES = [
    ADD,
    WRITE,
    DECIDE,
    Policy("innovations.list", roles=READERS),
    Policy("innovations.read", roles=READERS),
]
