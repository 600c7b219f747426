"""Who may bring figures, and who decides on them."""

from collections.abc import Callable
from typing import Any

from ombudsman_app.core.policy import Actor, Policy, Role

MAKERS = frozenset({Role.PREVENTION_ASSISTANT, Role.ANALYST, Role.HEAD_OF_REPRESENTATIVE})
DECIDERS = frozenset({Role.HEAD_OF_ASSISTANTS, Role.HEAD_OF_REPRESENTATIVE})
READERS = MAKERS | DECIDERS | {
    Role.EXAMINER,
    Role.AUDITOR,
    Role.RESMON_ASSISTANT,
    Role.OMBUDSMAN_MEMBER,
    Role.CHAIR,
}  # fmt: skip


def _at_its_office(roles: frozenset[Role]) -> Callable[[Actor, Any], bool]:
    """The role is held at the office that brought the figure; what was shipped belongs to each of them."""
    return lambda actor, found: (
        bool(actor.offices_as(*roles))
        and (
            found.representative_office_id is None
            or found.representative_office_id in actor.offices_as(*roles)
        )
    )


DECIDE = Policy("coverage.decide_figure", roles=DECIDERS, when=_at_its_office(DECIDERS))
# A figure is public and anybody may know better: another office may revise it, and its own head decides.
REVISE = Policy("coverage.revise_figure", roles=MAKERS)
ADD = Policy("coverage.add_figure", roles=MAKERS)
FIGURE_POLICIES = [
    ADD,
    REVISE,
    DECIDE,
    Policy("coverage.figures", roles=READERS),
    Policy("coverage.read_figure", roles=READERS),
]
