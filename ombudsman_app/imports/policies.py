"""Who may bring lists, and what may be done with one that this person can see."""

from typing import Any

from ombudsman_app.core.policy import Actor, Policy, Role

IMPORTERS = frozenset({Role.PREVENTION_ASSISTANT, Role.ANALYST, Role.HEAD_OF_REPRESENTATIVE})


def _acts_here(actor: Actor, run: Any) -> bool:
    return run.representative_office_id in actor.offices_as(*IMPORTERS)


BRING = Policy("imports.bring", roles=IMPORTERS)
CHANGE = Policy("imports.change", roles=IMPORTERS, when=_acts_here)
POLICIES = [
    Policy("imports.list", roles=IMPORTERS),
    Policy("imports.read", roles=IMPORTERS),
    Policy("imports.read_rejected", roles=IMPORTERS),
    BRING,
    CHANGE,
]
