"""Another person releases what was written of an innovation, sends it back, or takes it back later."""

from typing import Any

from sqlalchemy import select

from ombudsman_app.core.changing import demand, locked, touch
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.coverage.errors import InnovationDecisionRefused
from ombudsman_app.coverage.innovation_policies import DECIDE
from ombudsman_app.coverage.innovations import ProposalKind
from ombudsman_app.coverage.models import (
    Innovation,
    InnovationEvaluation,
    InnovationFacts,
    InnovationStatement,
)
from ombudsman_app.coverage.states import Standing

from .innovation_writing import FACTS, INNOVATION

TABLES: dict[ProposalKind, Any] = {
    ProposalKind.FACTS: InnovationFacts,
    ProposalKind.STATEMENT: InnovationStatement,
    ProposalKind.EVALUATION: InnovationEvaluation,
}
_ONE_HOLDS = (InnovationFacts, InnovationEvaluation)  # a later one supersedes; of statements all stand


@command
def release(kind: ProposalKind, row_id: int, *, version: int, actor: Actor) -> None:
    """Make a proposal what everybody reads; what stood there before is superseded and stays to be read.

    Raises NotAllowed, RecordChanged, InnovationDecisionRefused (decided already, one's own).
    """
    held, innovation = _held(kind, row_id, version, actor, asks=Standing.PROPOSED)
    if held.made_by_id == actor.user_id:
        raise InnovationDecisionRefused(why="own")
    if isinstance(held, _ONE_HOLDS):
        _supersede(type(held), innovation)
    if isinstance(held, InnovationFacts):
        for name in FACTS:
            setattr(innovation, name, getattr(held, name))
        innovation.is_public = True
    _decide(held, innovation, Standing.CURRENT, "", actor)
    _noted(Event.COVERAGE_INNOVATION_RELEASED, kind, held, actor)


@command
def send_back(kind: ProposalKind, row_id: int, reason: str, *, version: int, actor: Actor) -> None:
    """Send a proposal back with a reason. Raises as `release`; one's own may go back too."""
    held, innovation = _held(kind, row_id, version, actor, asks=Standing.PROPOSED)
    _decide(held, innovation, Standing.REFUSED, reason, actor)
    _noted(Event.COVERAGE_INNOVATION_SENT_BACK, kind, held, actor, reason)


@command
def take_back(kind: ProposalKind, row_id: int, reason: str, *, version: int, actor: Actor) -> None:
    """Take a released statement or evaluation out of the public page; the staff still reads it.

    Facts are not taken back: others take their place. Raises as `send_back`.
    """
    held, innovation = _held(kind, row_id, version, actor, asks=Standing.CURRENT)
    if kind is ProposalKind.FACTS:
        raise InnovationDecisionRefused(why="facts_stay")
    _decide(held, innovation, Standing.WITHDRAWN, reason, actor)
    _noted(Event.COVERAGE_INNOVATION_WITHDRAWN, kind, held, actor, reason)


def _held(
    kind: ProposalKind, row_id: int, version: int, actor: Actor, *, asks: Standing
) -> tuple[Any, Innovation]:
    held = locked(TABLES[kind], row_id, version=version)
    innovation = locked(Innovation, held.innovation_id)
    demand(DECIDE, actor, innovation)
    if held.standing is not asks:
        raise InnovationDecisionRefused(why="decided")
    return held, innovation


def _supersede(kind: Any, innovation: Innovation) -> None:
    now_current = (kind.innovation_id == innovation.id, kind.standing == Standing.CURRENT)
    for old in db.session.scalars(select(kind).where(*now_current).with_for_update()):
        old.standing = Standing.SUPERSEDED
        touch(old)


def _decide(held: Any, innovation: Innovation, standing: Standing, reason: str, actor: Actor) -> None:
    held.standing, held.decision_reason = standing, reason
    held.decided_by_id, held.decided_at = actor.user_id, now()
    touch(held)
    touch(innovation)


def _noted(event: Event, kind: ProposalKind, held: Any, actor: Actor, reason: str = "") -> None:
    changes = {"kind": kind.value, "row": held.id}
    record(event, INNOVATION, held.innovation_id, actor=actor, changes=changes, reason=reason)
