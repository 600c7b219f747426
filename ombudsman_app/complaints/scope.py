"""Which complaints a person can see: closed unless a line opens it (AZ3)."""

from sqlalchemy import Select, false, select

from ombudsman_app.accounts.scope import closed_by_conflict
from ombudsman_app.core.policy import Actor, Role

from .models import Complaint, InformationTip

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

# Whoever gave information asked to stay unknown: it goes to those who work with it, and to nobody above.
TIP_READERS = frozenset({Role.PVL_ASSISTANT, Role.EXAMINER, Role.HEAD_OF_REPRESENTATIVE})


class Scope:
    """The rows one actor may see."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    @property
    def offices(self) -> list[int]:
        """The representative offices where this person works with cases."""
        return sorted(self.actor.offices_as(*READERS))

    def complaints(self) -> Select[Complaint]:
        """Cases of these offices.

        A case in which the person declared an interest is closed to them (UU 37/2008 Pasal 40).
        """
        if not self.offices:
            return select(Complaint).where(false())
        return select(Complaint).where(
            Complaint.representative_office_id.in_(self.offices),
            Complaint.id.not_in(closed_by_conflict(self.actor, "complaint")),
        )

    def tips(self) -> Select[InformationTip]:
        """Information without identity that these offices hold, without that of a declared interest."""
        offices = sorted(self.actor.offices_as(*TIP_READERS))
        if not offices:
            return select(InformationTip).where(false())
        return select(InformationTip).where(
            InformationTip.representative_office_id.in_(offices),
            InformationTip.id.not_in(closed_by_conflict(self.actor, "tip")),
        )


def scope(actor: Actor) -> Scope:
    """Open the view of one actor."""
    return Scope(actor)
