"""Which employers a person can see: closed unless a line opens it (AZ3). Nothing of it is public (P5)."""

from sqlalchemy import Select, false, select

from ombudsman_app.accounts.scope import closed_by_conflict
from ombudsman_app.core.policy import Actor, Role

from .models import Employer, Project, ProjectOwner, ProjectParty

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
        Role.ANALYST,
    }
)
SUBJECT = "employer"  # in declarations of interest and in the inbox


class Scope:
    """The rows one actor may see."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    @property
    def offices(self) -> list[int]:
        """The offices of the Ombudsman where this person works with employers."""
        return sorted(self.actor.offices_as(*READERS))

    @property
    def each_office(self) -> list[int | None]:
        """The offices one by one; for somebody without any a single None, who sees nothing."""
        return [*self.offices] or [None]

    def employers(self, office: int | None = None) -> Select[Employer]:
        """Employers that these offices follow, without those of a declared interest.

        `office`: of these offices this one alone.
        """
        offices = [one for one in self.offices if office in (None, one)]
        if not offices:
            return select(Employer).where(false())
        return select(Employer).where(
            Employer.representative_office_id.in_(offices),
            Employer.id.not_in(closed_by_conflict(self.actor, SUBJECT)),
        )

    def projects(self, office: int | None = None) -> Select[Project]:
        """Projects that these offices follow, without those of an employer in whom there is an interest.

        `office`: of these offices this one alone.
        """
        offices = [one for one in self.offices if office in (None, one)]
        if not offices:
            return select(Project).where(false())
        closed = select(ProjectParty.project_id).where(
            ProjectParty.employer_id.in_(closed_by_conflict(self.actor, SUBJECT))
        )
        return select(Project).where(Project.representative_office_id.in_(offices), Project.id.not_in(closed))

    def owners(self) -> Select[ProjectOwner]:
        """Agencies of the projects that these offices follow."""
        if not self.offices:
            return select(ProjectOwner).where(false())
        return select(ProjectOwner).where(ProjectOwner.representative_office_id.in_(self.offices))


def scope(actor: Actor) -> Scope:
    """Open the view of one actor."""
    return Scope(actor)
