"""Who may do what with a complaint that this person can see."""

from ombudsman_app.core.policy import Actor, Policy, Role

from .models import Complaint
from .scope import READERS


def _heads_its_office(actor: Actor, case: Complaint) -> bool:
    return case.representative_office_id in actor.offices_as(Role.HEAD_OF_REPRESENTATIVE)


RELEASE_DAY = Policy(
    "complaints.release_day", roles=frozenset({Role.HEAD_OF_REPRESENTATIVE}), when=_heads_its_office
)
POLICIES = [
    RELEASE_DAY,
    Policy("complaints.queue", roles=READERS),
    Policy("complaints.read", roles=READERS),
]
