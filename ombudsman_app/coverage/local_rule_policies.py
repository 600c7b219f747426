"""Who may do what with the register of local rules. Everybody may read it (P0); few write in it."""

from typing import Any

from ombudsman_app.core.policy import STAFF_ROLES, Actor, Policy, Role

READERS = STAFF_ROLES - {Role.CARETAKER, Role.ADMINISTRATOR}
MAKERS = frozenset(
    {
        Role.PREVENTION_ASSISTANT,
        Role.RESMON_ASSISTANT,
        Role.EXAMINER,
        Role.ANALYST,
        Role.HEAD_OF_REPRESENTATIVE,
    }
)


def acts_for_place(actor: Actor, found: Any) -> bool:
    """The role is held at the office that watches over the place, not just somewhere."""
    return found.representative_office_id in actor.offices_as(*MAKERS)


WRITE = Policy("local_rules.write", roles=MAKERS, when=acts_for_place)
LOCAL_RULE_POLICIES = [
    WRITE,
    Policy("local_rules.list", roles=READERS),
    Policy("local_rules.read", roles=READERS),
    Policy("local_rules.add", roles=MAKERS),
]
