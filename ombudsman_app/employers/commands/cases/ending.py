"""A case ends: the employer complies, nothing is proven, or it is closed for another reason."""

from dataclasses import dataclass

from sqlalchemy import select

from ombudsman_app.core.changing import demand, touch
from ombudsman_app.core.clock import today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import MoveNotAllowed
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.employers.commands.carrying import carry
from ombudsman_app.employers.compliance import notices
from ombudsman_app.employers.compliance.policies import WORK
from ombudsman_app.employers.compliance.rules import ENDS, CaseState, Said
from ombudsman_app.employers.models import CaseBreach, Employer, EmployerComplianceCase, Noncompliance
from ombudsman_app.employers.states import BreachEnd

from .clocks import end_clocks
from .moving import locked_case, move, say


@dataclass(frozen=True)
class EndInput:
    """How it ends (`comply`, `not_proven`, `close`) and why; the offices that it was forwarded to read it."""

    end: str
    reason: str


@command
def end_case(case: EmployerComplianceCase, given: EndInput, *, version: int, actor: Actor) -> None:
    """End a case with its outcome and the reason; its kinds of non-compliance end with it.

    Reopening is a new case that names this one. Raises NotAllowed, MoveNotAllowed, RecordChanged.
    """
    held = locked_case(case.id, version)
    demand(WORK, actor, held)
    if given.end not in ENDS:
        raise MoveNotAllowed(state=str(held.state), event=given.end)
    move(held, given.end, note=Event.EMPLOYERS_CASE_ENDED, actor=actor, changes={"end": given.end})
    say(held, Said.ENDED, given.reason, actor=actor, is_shown=True, end=held.state)
    close_rows(held)
    notices.ended(held, actor=actor)


def close_rows(held: EmployerComplianceCase) -> None:
    """End times and kinds of non-compliance of a locked case that has reached its end. ≤ 8 statements."""
    day = today(held.representative_office.time_zone)
    held.is_open, held.ended_on = False, day
    end_clocks(held, on=day)
    rows = list(
        db.session.scalars(
            select(Noncompliance)
            .join(CaseBreach, CaseBreach.noncompliance_id == Noncompliance.id)
            .where(CaseBreach.case_id == held.id, Noncompliance.ended_on.is_(None))
        )
    )
    for row in rows:
        row.ended_on, row.ended_as = day, BreachEnd(held.state.value)
        row.is_proven = row.is_proven or held.state is CaseState.COMPLIED
    employer = db.session.scalars(
        select(Employer).where(Employer.id == held.employer_id).with_for_update()
    ).one()
    carry(employer)
    touch(employer)
    db.session.flush()
