"""Which meetings and commitments a person can see: closed unless a line opens it (AZ3)."""

from sqlalchemy import ColumnElement, Select, false, or_, select

from ombudsman_app.core.policy import PORTAL_ROLES, Actor
from ombudsman_app.employers.scope import READERS

from .models import Commitment, CommitmentCarried, MeetingBody, MonitoringMeeting

MEETING, INVITED = "monitoring_meeting", "meeting_body"  # in the inbox: as staff and as bodies know it
COMMITMENT, OWN_COMMITMENT = "commitment", "own_commitment"


class MeetingScope:
    """The rows one actor may see."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    @property
    def offices(self) -> list[int]:
        """The offices of the Ombudsman where this person works with meetings."""
        return sorted(self.actor.offices_as(*READERS))

    @property
    def own_offices(self) -> list[int]:
        """The offices under watch for which this person answers."""
        return sorted(self.actor.offices_as(*PORTAL_ROLES))

    def meetings(self) -> Select[MonitoringMeeting]:
        """Meetings that these offices call."""
        if not self.offices:
            return select(MonitoringMeeting).where(false())
        return select(MonitoringMeeting).where(MonitoringMeeting.representative_office_id.in_(self.offices))

    def commitments(self) -> Select[Commitment]:
        """What was agreed at those meetings."""
        if not self.offices:
            return select(Commitment).where(false())
        return select(Commitment).where(Commitment.representative_office_id.in_(self.offices))

    def invited(self) -> Select[MeetingBody]:
        """Invitations of the own office that went out."""
        if not self.own_offices:
            return select(MeetingBody).where(false())
        return select(MeetingBody).where(
            MeetingBody.office_id.in_(self.own_offices), MeetingBody.is_told.is_(True)
        )

    def own_commitments(self) -> Select[Commitment]:
        """What the own office promised, once the minutes went out."""
        if not self.own_offices:
            return select(Commitment).where(false())
        return select(Commitment).where(
            Commitment.office_id.in_(self.own_offices), Commitment.is_told.is_(True)
        )


def meeting_scope(actor: Actor) -> MeetingScope:
    """Open the view of one actor."""
    return MeetingScope(actor)


def of_meeting(meeting_id: int) -> ColumnElement[bool]:
    """Return the condition for what a meeting follows: agreed there, or carried from an earlier one."""
    carried = select(CommitmentCarried.commitment_id).where(CommitmentCarried.meeting_id == meeting_id)
    return or_(Commitment.meeting_id == meeting_id, Commitment.id.in_(carried))
