"""Innovations to which addresses lead (`routes.py`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ombudsman_app.coverage.innovations import ProposalKind

from .factories.innovations import evaluated, public_innovation, released, stated

OF_INNOVATION = ("innovation", "edit", "state", "evaluate")
OF_WAITING = ("proposal", "release", "send_back")
INNOVATION_ACTS = frozenset(f"staff.innovations.{act}" for act in ("release", "send_back", "take_back"))
NOBODYS = 987654320


@dataclass(frozen=True)
class InnovationPlaces:
    """A released innovation in Mamuju with a statement, an older evaluation and one that waits.

    All of it may be read by the staff everywhere: the other one is none.
    """

    innovation: int
    slug: str
    statement: int
    waiting: int

    def values(self, *, other: bool) -> dict[str, Mapping[str, Any]]:
        """Return what fills the addresses, by endpoint."""
        here = {"innovation_id": NOBODYS if other else self.innovation}
        waits = {"kind": "evaluations", "proposal_id": NOBODYS if other else self.waiting}
        holds = {"kind": "statements", "proposal_id": NOBODYS if other else self.statement}
        return {
            "public.innovations.innovation": {"slug": "tidak-ada" if other else self.slug},
            **{f"staff.innovations.{page}": here for page in OF_INNOVATION},
            **{f"staff.innovations.{page}": waits for page in OF_WAITING},
            "staff.innovations.take_back": holds,
        }


def build_innovation_places() -> InnovationPlaces:
    """Write an innovation down, release it with a statement and an evaluation; a second evaluation waits."""
    made = public_innovation()
    statement = released(ProposalKind.STATEMENT, stated(made).id)
    released(ProposalKind.EVALUATION, evaluated(made).id)
    return InnovationPlaces(made.id, made.slug, statement.id, evaluated(made).id)
