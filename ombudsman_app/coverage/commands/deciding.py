"""Another person releases a figure or sends it back; nothing is overwritten."""

from ombudsman_app.core.changing import demand, locked, touch
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.coverage.errors import DecisionRefused
from ombudsman_app.coverage.figure_notices import figure_is_decided
from ombudsman_app.coverage.figure_policies import DECIDE
from ombudsman_app.coverage.models import CoverageFigure
from ombudsman_app.coverage.queries.figure_list import is_own
from ombudsman_app.coverage.states import Standing

from .entering import SUBJECT


@command
def release_figure(figure: CoverageFigure, *, version: int | None = None, actor: Actor) -> CoverageFigure:
    """Make a proposal the figure that is shown; what it revises is superseded in the same breath.

    Raises NotAllowed, DecisionRefused (own proposal, decided already, the old one changed meanwhile),
    RecordChanged.
    """
    held = _waiting(figure, version, actor)
    if held.supersedes_id is not None:
        old = locked(CoverageFigure, held.supersedes_id)
        if old.standing is not Standing.CURRENT:
            raise DecisionRefused(why="overtaken")
        old.standing, old.superseded_by_id = Standing.SUPERSEDED, held.id
        touch(old)
        db.session.flush()  # only one of a place, day and source is current
    _decide(held, Standing.CURRENT, "", actor)
    record(Event.COVERAGE_FIGURE_RELEASED, SUBJECT, held.id, actor=actor)
    figure_is_decided(held, actor=actor)
    return held


@command
def refuse_figure(
    figure: CoverageFigure, *, reason: str, version: int | None = None, actor: Actor
) -> CoverageFigure:
    """Send a proposal back with a reason. Raises NotAllowed, DecisionRefused, RecordChanged."""
    held = _waiting(figure, version, actor)
    _decide(held, Standing.REFUSED, _demanded(reason), actor)
    record(Event.COVERAGE_FIGURE_REFUSED, SUBJECT, held.id, actor=actor, reason=reason)
    figure_is_decided(held, is_back=True, actor=actor)
    return held


@command
def withdraw_figure(
    figure: CoverageFigure, *, reason: str, version: int | None = None, actor: Actor
) -> CoverageFigure:
    """Take a released figure out of the pages; it stays readable by its number. Raises as `refuse_figure`."""
    held = locked(CoverageFigure, figure.id, version=version)
    demand(DECIDE, actor, held)
    if held.standing is not Standing.CURRENT:
        raise DecisionRefused(why="decided")
    _decide(held, Standing.WITHDRAWN, _demanded(reason), actor)
    record(Event.COVERAGE_FIGURE_WITHDRAWN, SUBJECT, held.id, actor=actor, reason=reason)
    return held


def _waiting(figure: CoverageFigure, version: int | None, actor: Actor) -> CoverageFigure:
    held = locked(CoverageFigure, figure.id, version=version)
    demand(DECIDE, actor, held)
    if held.standing is not Standing.PROPOSED:
        raise DecisionRefused(why="decided")
    if is_own(actor, held):
        raise DecisionRefused(why="own")
    return held


def _decide(held: CoverageFigure, standing: Standing, reason: str, actor: Actor) -> None:
    held.standing, held.decision_reason = standing, reason
    held.decided_by_id, held.decided_at = actor.user_id, now()
    touch(held)


def _demanded(reason: str) -> str:
    if not reason.strip():
        raise DecisionRefused(why="no_reason")
    return reason.strip()
