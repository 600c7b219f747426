"""Which compliance cases a person can see: closed unless a line opens it (AZ3). Nothing is public (P5)."""

from sqlalchemy import Select, false, select

from ombudsman_app.accounts.scope import closed_by_conflict
from ombudsman_app.core.policy import PORTAL_ROLES, Actor
from ombudsman_app.employers.models import CaseForwarding, EmployerComplianceCase
from ombudsman_app.employers.scope import READERS
from ombudsman_app.employers.scope import SUBJECT as EMPLOYER

SUBJECT = "employer_case"  # in declarations of interest and in the inbox
FORWARDED = "employer_case_forwarding"  # the same, as the office under watch knows it


class CaseScope:
    """The cases one actor may see."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    @property
    def offices(self) -> list[int]:
        """The offices of the Ombudsman where this person works with employers."""
        return sorted(self.actor.offices_as(*READERS))

    @property
    def own_offices(self) -> list[int]:
        """The offices under watch for which this person answers."""
        return sorted(self.actor.offices_as(*PORTAL_ROLES))

    def cases(self) -> Select[EmployerComplianceCase]:
        """Cases of these offices, without those, and employers, of a declared interest."""
        if not self.offices:
            return select(EmployerComplianceCase).where(false())
        return select(EmployerComplianceCase).where(
            EmployerComplianceCase.representative_office_id.in_(self.offices),
            EmployerComplianceCase.id.not_in(closed_by_conflict(self.actor, SUBJECT)),
            EmployerComplianceCase.employer_id.not_in(closed_by_conflict(self.actor, EMPLOYER)),
        )

    def forwarded(self) -> Select[CaseForwarding]:
        """What was released to the own office, and nothing else."""
        if not self.own_offices:
            return select(CaseForwarding).where(false())
        return select(CaseForwarding).where(
            CaseForwarding.office_id.in_(self.own_offices),
            CaseForwarding.released_at.is_not(None),
            CaseForwarding.id.not_in(closed_by_conflict(self.actor, FORWARDED)),
        )


def case_scope(actor: Actor) -> CaseScope:
    """Open the view of one actor."""
    return CaseScope(actor)
