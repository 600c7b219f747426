"""Which imports a person can see: those of the offices where this person may bring such lists (AZ3)."""

from sqlalchemy import Select, and_, false, or_, select

from ombudsman_app.core.policy import Actor

from .kinds import all_kinds
from .models import ImportRun


class Scope:
    """The rows one actor may see."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    def runs(self) -> Select[ImportRun]:
        """Imports of each kind at the offices where this person holds a role of the kind."""
        seen = [
            and_(ImportRun.kind == kind.id, ImportRun.representative_office_id.in_(sorted(offices)))
            for kind in all_kinds()
            if (offices := self.actor.offices_as(*kind.roles))
        ]
        return select(ImportRun).where(or_(*seen) if seen else false())


def scope(actor: Actor) -> Scope:
    """Open the view of one actor."""
    return Scope(actor)
