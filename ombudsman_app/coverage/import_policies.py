"""Who looks at the proposals of a list, and who decides on all of them at once."""

from typing import Any

from ombudsman_app.core.policy import Actor, Policy

from .figure_policies import DECIDERS, READERS


def _decides_here(actor: Actor, run: Any) -> bool:
    return run.representative_office_id in actor.offices_as(*DECIDERS)


DECIDE_IMPORT = Policy("coverage.decide_import", roles=DECIDERS, when=_decides_here)
IMPORT_POLICIES = [
    DECIDE_IMPORT,
    Policy("coverage.imports", roles=READERS),
    Policy("coverage.read_import", roles=READERS),
]
