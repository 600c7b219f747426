"""Which complaints a person can see: closed unless a line opens it (AZ3)."""

from sqlalchemy import Select, false, select

from ombudsman_app.accounts.scope import closed_by_conflict
from ombudsman_app.core.policy import Actor, Role

from .models import Complaint

READERS = frozenset(
    {
        Role.PVL_ASSISTANT,
        Role.EXAMINER,
        Role.RESMON_ASSISTANT,
        Role.HEAD_OF_ASSISTANTS,
        Role.HEAD_OF_REPRESENTATIVE,
        Role.OMBUDSMAN_MEMBER,
        Role.CHAIR,
    }
)


class Scope:
    """The rows one actor may see."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    def complaints(self) -> Select[Complaint]:
        """Cases of the representative offices where this person works with cases.

        A case in which the person declared an interest is closed to them (UU 37/2008 Pasal 40).
        """
        offices = self.actor.offices_as(*READERS)
        if not offices:
            return select(Complaint).where(false())
        return select(Complaint).where(
            Complaint.representative_office_id.in_(sorted(offices)),
            Complaint.id.not_in(closed_by_conflict(self.actor, "complaint")),
        )


def scope(actor: Actor) -> Scope:
    """Open the view of one actor."""
    return Scope(actor)
