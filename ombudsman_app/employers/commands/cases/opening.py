"""A case begins, is verified, gets notes and another officer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from ombudsman_app.accounts.queries import actor_for
from ombudsman_app.core.changing import demand, touch
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import FormSentDifferently, NotAllowed
from ombudsman_app.core.numbers import next_number
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.directory.models import RepresentativeOffice
from ombudsman_app.employers.compliance import notices
from ombudsman_app.employers.compliance.policies import OPEN, WORK, WORKERS
from ombudsman_app.employers.compliance.rules import CaseSource, Said
from ombudsman_app.employers.errors import CaseRefused
from ombudsman_app.employers.models import (
    CaseBreach,
    CaseOrigin,
    Employer,
    EmployerComplianceCase,
    Noncompliance,
)
from ombudsman_app.employers.states import Breach, bit_of

from .moving import SUBJECT, locked_case, move, said_before, say

CASE_NUMBER = "employer_case"  # the row of numbers of an office and year


@dataclass(frozen=True)
class CaseInput:
    """What a case is opened with.

    `breaches`: open kinds of the employer. `subject`: kind and number of the record of another domain that it
    came from, kept where no office sees it. `note`: for this house alone. `earlier_case_id`: opened again.
    """

    breaches: Sequence[Breach]
    source: CaseSource
    note: str = ""
    subject: tuple[str, int] | None = None
    earlier_case_id: int | None = None
    form_key: str = ""


@command
def open_case(employer: Employer, given: CaseInput, actor: Actor) -> EmployerComplianceCase:
    """Open a case about an employer; whoever opens it handles it. The same form sent twice opens one.

    Raises NotAllowed; CaseRefused(why): no_breach, not_open, running, earlier.
    """
    demand(OPEN, actor, employer)
    if made := _opened_before(employer, given, actor):
        return made
    rows = _open_rows(employer, given.breaches)
    _refuse_running(employer, given)
    office = db.session.get_one(RepresentativeOffice, employer.representative_office_id)
    day = today(office.time_zone)
    number = next_number(CASE_NUMBER, office.id, day.year)
    held = EmployerComplianceCase(
        reference=f"KP-{number:04}/{day.year}/{office.code}",
        representative_office_id=office.id,
        employer_id=employer.id,
        breaches=sum(bit_of(row.breach) for row in rows),
        officer_id=actor.user_id,
        opened_on=day,
        moved_on=day,
        earlier_case_id=given.earlier_case_id,
        made_by_id=actor.user_id,
        made_at=now(),
        form_key=given.form_key or None,
    )
    db.session.add(held)
    db.session.flush()
    subject_type, subject_id = given.subject or (None, None)
    db.session.add(
        CaseOrigin(
            case_id=held.id,
            source=given.source,
            subject_type=subject_type,
            subject_id=subject_id,
            note=given.note,
        )
    )
    db.session.add_all([CaseBreach(case_id=held.id, noncompliance_id=row.id) for row in rows])
    changes: dict[str, Any] = {"reference": held.reference, "employer": employer.id}
    changes |= {"breaches": [row.breach.value for row in rows], "earlier": given.earlier_case_id}
    record(Event.EMPLOYERS_CASE_OPENED, SUBJECT, held.id, actor=actor, changes=changes)
    return held


def _opened_before(employer: Employer, given: CaseInput, actor: Actor) -> EmployerComplianceCase | None:
    if not given.form_key:
        return None
    made = db.session.scalar(
        select(EmployerComplianceCase).where(
            EmployerComplianceCase.made_by_id == actor.user_id,
            EmployerComplianceCase.form_key == given.form_key,
        )
    )
    if made is not None and made.employer_id != employer.id:
        raise FormSentDifferently
    return made


def _open_rows(employer: Employer, breaches: Sequence[Breach]) -> list[Noncompliance]:
    """Return the open rows of these kinds. Raises CaseRefused for none, or for one that is not open."""
    wanted = set(breaches)
    if not wanted:
        raise CaseRefused(why="no_breach")
    found = select(Noncompliance).where(
        Noncompliance.employer_id == employer.id,
        Noncompliance.breach.in_(wanted),
        Noncompliance.ended_on.is_(None),
    )
    rows = list(db.session.scalars(found.order_by(Noncompliance.id)))
    if {row.breach for row in rows} != wanted:
        raise CaseRefused(why="not_open")
    return rows


def _refuse_running(employer: Employer, given: CaseInput) -> None:
    """One open case follows a kind of non-compliance; an earlier case is of the same employer."""
    of_employer = select(EmployerComplianceCase).where(EmployerComplianceCase.employer_id == employer.id)
    cases = list(db.session.scalars(of_employer.with_for_update()))
    bits = sum(bit_of(one) for one in set(given.breaches))
    if any(case.is_open and case.breaches & bits for case in cases):
        raise CaseRefused(why="running")
    if given.earlier_case_id is not None and not any(
        case.id == given.earlier_case_id and not case.is_open for case in cases
    ):
        raise CaseRefused(why="earlier")


@command
def verify_case(case: EmployerComplianceCase, text: str, *, version: int, actor: Actor) -> None:
    """Note how the report was checked: by whom was asked, what was seen. Stays inside this house.

    Raises NotAllowed, MoveNotAllowed, RecordChanged.
    """
    held = locked_case(case.id, version)
    demand(WORK, actor, held)
    move(held, "verify", note=Event.EMPLOYERS_CASE_VERIFIED, actor=actor)
    say(held, Said.VERIFIED, text, actor=actor)


@command
def add_note(case: EmployerComplianceCase, text: str, *, form_key: str = "", actor: Actor) -> None:
    """Add a note for this house alone. The same form sent twice adds one."""
    held = locked_case(case.id)
    demand(WORK, actor, held)
    if said_before(held, Said.NOTE, text, form_key):
        return
    say(held, Said.NOTE, text, actor=actor, form_key=form_key)
    record(Event.EMPLOYERS_CASE_NOTED, SUBJECT, held.id, actor=actor)


@command
def hand_over_case(case: EmployerComplianceCase, officer_id: int, *, version: int, actor: Actor) -> None:
    """Give a case to another officer of the office. Raises NotAllowed where that one has no right there."""
    held = locked_case(case.id, version)
    demand(WORK, actor, held)
    officer = actor_for(officer_id)
    if officer is None or held.representative_office_id not in officer.offices_as(*WORKERS):
        raise NotAllowed(policy=WORK.name)
    before, held.officer_id = held.officer_id, officer_id
    touch(held)
    changes = {"officer": [before, officer_id]}
    record(Event.EMPLOYERS_CASE_HANDED_OVER, SUBJECT, held.id, actor=actor, changes=changes)
    notices.handed_over(held, actor=actor)
