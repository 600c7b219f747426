"""Which findings a person can see: closed unless a line opens it (AZ3)."""

from sqlalchemy import Select, false, select

from ombudsman_app.accounts.scope import closed_by_conflict
from ombudsman_app.core.policy import PORTAL_ROLES, Actor, Role

from .models import Finding, RegisterExport, VisitObservation
from .states import FindingState

READERS = frozenset(
    {
        Role.EXAMINER,
        Role.PREVENTION_ASSISTANT,
        Role.RESMON_ASSISTANT,
        Role.HEAD_OF_ASSISTANTS,
        Role.HEAD_OF_REPRESENTATIVE,
        Role.OMBUDSMAN_MEMBER,
        Role.CHAIR,
        Role.AUDITOR,
        Role.REVIEWER,
        Role.ANALYST,
    }
)
EXPORTERS = frozenset(
    {
        Role.PREVENTION_ASSISTANT,
        Role.RESMON_ASSISTANT,
        Role.HEAD_OF_ASSISTANTS,
        Role.HEAD_OF_REPRESENTATIVE,
        Role.AUDITOR,
        Role.ANALYST,
    }
)
SECOND_PERSONS = frozenset({Role.HEAD_OF_REPRESENTATIVE, Role.HEAD_OF_ASSISTANTS})  # of many rows (AZ10)
SUBJECT = "finding"  # in declarations of interest and in the inbox


class Scope:
    """The rows one actor may see."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    @property
    def offices(self) -> list[int]:
        """The offices of the Ombudsman where this person works with findings."""
        return sorted(self.actor.offices_as(*READERS))

    @property
    def own_offices(self) -> list[int]:
        """The offices under watch for which this person answers."""
        return sorted(self.actor.offices_as(*PORTAL_ROLES))

    def findings(self) -> Select[Finding]:
        """Findings that these offices of the Ombudsman handle, without those of a declared interest."""
        if not self.offices:
            return select(Finding).where(false())
        return select(Finding).where(
            Finding.representative_office_id.in_(self.offices),
            Finding.id.not_in(closed_by_conflict(self.actor, SUBJECT)),
        )

    def exportable(self) -> Select[Finding]:
        """What may leave as a sheet: of the offices where one may export, not of all that one may read."""
        return self.findings().where(
            Finding.representative_office_id.in_(sorted(self.actor.offices_as(*EXPORTERS)))
        )

    def addressed(self) -> Select[Finding]:
        """What was sent to the own office, and nothing else: no parent sees what its branch was sent."""
        if not self.own_offices:
            return select(Finding).where(false())
        return select(Finding).where(
            Finding.office_id.in_(self.own_offices), Finding.state != FindingState.DRAFT
        )

    def exports(self) -> Select[RegisterExport]:
        """Sheets that one asked for, and those that wait for a second person at the own office."""
        led = sorted(self.actor.offices_as(*SECOND_PERSONS))
        at_office = RegisterExport.representative_office_id.in_(led) & RegisterExport.needs_second.is_(True)
        return select(RegisterExport).where((RegisterExport.asked_by_id == self.actor.user_id) | at_office)

    def sheets_to_decide(self) -> Select[RegisterExport]:
        """Sheets of others at the own office that wait for this person, or another second one."""
        led = sorted(self.actor.offices_as(*SECOND_PERSONS))
        return select(RegisterExport).where(
            RegisterExport.representative_office_id.in_(led),
            RegisterExport.needs_second.is_(True),
            RegisterExport.decided_by_id.is_(None),
            RegisterExport.asked_by_id != self.actor.user_id,
        )

    def observations(self) -> Select[VisitObservation]:
        """Visits of the officers of these offices."""
        return select(VisitObservation).where(VisitObservation.representative_office_id.in_(self.offices))


def scope(actor: Actor) -> Scope:
    """Open the view of one actor."""
    return Scope(actor)
