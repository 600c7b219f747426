"""Which complaints a person can see: closed unless a line opens it (AZ3)."""

from sqlalchemy import Select, false, or_, select

from ombudsman_app.accounts.scope import closed_by_conflict
from ombudsman_app.core.policy import PORTAL_ROLES, Actor, Role
from ombudsman_app.documents.models import Delivery, Document
from ombudsman_app.documents.states import OUT, DocumentState

from .models import Complaint, InformationTip
from .states import REQUESTS

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

    @property
    def own_offices(self) -> list[int]:
        """The offices under watch for which this person answers."""
        return sorted(self.actor.offices_as(*PORTAL_ROLES))

    def addressed(self) -> Select[Document]:
        """Letters that ask the own office for an explanation, joined with their case; nothing else of a case.

        No parent sees what its branch was asked (design.md §4). One that was taken back stays where it had
        arrived: whoever has it must learn that it does not hold any more.
        """
        if not self.own_offices:
            return select(Document).where(false())
        return (
            select(Document)
            .join(Complaint, Complaint.files_id == Document.folder)
            .where(
                Complaint.office_id.in_(self.own_offices),
                Document.kind.in_(REQUESTS),
                Document.state.in_(OUT),
                or_(Document.state != DocumentState.REVOKED, IS_RECEIVED),
            )
        )


# of a letter: something proves that it arrived
IS_RECEIVED = (
    select(Delivery.id)
    .where(Delivery.document_id == Document.id, Delivery.proof.is_not(None))
    .correlate(Document)
    .exists()
)


def scope(actor: Actor) -> Scope:
    """Open the view of one actor."""
    return Scope(actor)
