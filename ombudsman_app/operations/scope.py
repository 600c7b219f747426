"""Which jobs a person can see: caretakers all, everybody else what they asked for (AZ3)."""

from sqlalchemy import Select, select

from ombudsman_app.core.jobs.models import Job
from ombudsman_app.core.policy import Actor, Role

CARETAKERS = frozenset({Role.CARETAKER, Role.ADMINISTRATOR})


class Scope:
    """The rows one actor may see."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    def jobs(self) -> Select[Job]:
        """Jobs; their arguments are ids, so a caretaker learns nothing of a case (JQ5)."""
        if self.actor.roles & CARETAKERS:
            return select(Job)
        return select(Job).where(Job.asked_by_id == self.actor.user_id, Job.asked_by_id.is_not(None))


def scope(actor: Actor) -> Scope:
    """Open the view of one actor."""
    return Scope(actor)
