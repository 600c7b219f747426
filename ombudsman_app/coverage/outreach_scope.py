"""Which outreach events a person can see: closed unless a line opens it (AZ3).

What was held is public, by `queries/outreach_public.py`, with a few of its columns.
"""

from sqlalchemy import Select, false, select

from ombudsman_app.core.policy import PORTAL_ROLES, Actor
from ombudsman_app.employers.scope import READERS

from .models import OutreachEvent


class OutreachScope:
    """The rows one actor may see."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    @property
    def offices(self) -> list[int]:
        """The offices of the Ombudsman where this person works with outreach."""
        return sorted(self.actor.offices_as(*READERS))

    @property
    def own_offices(self) -> list[int]:
        """The offices under watch for which this person answers."""
        return sorted(self.actor.offices_as(*PORTAL_ROLES))

    def events(self) -> Select[OutreachEvent]:
        """Events in the places over which these offices watch, whoever holds them."""
        if not self.offices:
            return select(OutreachEvent).where(false())
        return select(OutreachEvent).where(OutreachEvent.representative_office_id.in_(self.offices))

    def own(self) -> Select[OutreachEvent]:
        """Events that the own office holds, whoever wrote them down."""
        if not self.own_offices:
            return select(OutreachEvent).where(false())
        return select(OutreachEvent).where(OutreachEvent.office_id.in_(self.own_offices))


def outreach_scope(actor: Actor) -> OutreachScope:
    """Open the view of one actor."""
    return OutreachScope(actor)
