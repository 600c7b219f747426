"""Which figures a person can see: what was released is everybody's; a proposal is its office's (AZ3)."""

from sqlalchemy import ColumnElement, Select, or_, select

from ombudsman_app.core.policy import Actor
from ombudsman_app.imports.models import ImportRun

from .figure_policies import READERS
from .models import CoverageFigure
from .states import Standing

RELEASED = (Standing.CURRENT, Standing.SUPERSEDED, Standing.WITHDRAWN)  # shown once: readable for ever


class Scope:
    """The rows one actor may see."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    def figures(self) -> Select[CoverageFigure]:
        """Released figures; for readers also what their offices proposed, or had refused or withdrawn."""
        offices = self.actor.offices_as(*READERS)
        released = CoverageFigure.standing.in_(RELEASED)
        if not offices:
            return select(CoverageFigure).where(released)
        own = CoverageFigure.representative_office_id.in_(sorted(offices))
        return select(CoverageFigure).where(or_(released, own))


def is_own_figure(actor: Actor) -> ColumnElement[bool]:
    """Proposed by this person, or of a list that this person brought or applied: another one decides.

    Lists are swept earlier than figures; then who applied it is left, by `made_by_id`.
    """
    brought = (
        select(ImportRun.id)
        .where(
            ImportRun.id == CoverageFigure.import_id,
            or_(ImportRun.made_by_id == actor.user_id, ImportRun.applied_by_id == actor.user_id),
        )
        .exists()
    )
    return or_(CoverageFigure.made_by_id == actor.user_id, brought)


def scope(actor: Actor) -> Scope:
    """Open the view of one actor."""
    return Scope(actor)
