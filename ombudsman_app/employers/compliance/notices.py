"""What there is to tell about compliance cases, and to whom: called inside the commands.

Words name a number and nothing of the matter, the employer least of all (PD6). An office under watch is told
what was forwarded to it alone.
"""

from collections.abc import Iterable

from sqlalchemy import Select, select

from ombudsman_app.accounts.queries import ids_with_roles
from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.words import N_
from ombudsman_app.core.policy import PORTAL_ROLES, STRANGER, Actor
from ombudsman_app.employers.models import CaseClock, CaseForwarding, CaseStep, EmployerComplianceCase
from ombudsman_app.employers.scope import READERS
from ombudsman_app.notifications.commands import notify
from ombudsman_app.notifications.kinds import Kind, RecordKind, register, register_record

from .policies import RELEASERS, REVIEWERS
from .rules import Recipient
from .scope import FORWARDED, SUBJECT, case_scope


def forwarding_waits(case: EmployerComplianceCase, forwarding_id: int, *, actor: Actor) -> None:
    """Tell those who may release it that a summary waits; not whoever wrote it."""
    people = set(_staff(case, *RELEASERS)) - {actor.user_id}
    _tell("forwarding_waits", people, case, key=f"{forwarding_id}:{case.version}", actor=actor)


def forwarded(case: EmployerComplianceCase, forwarding: CaseForwarding, *, actor: Actor) -> None:
    """Tell the office that a case was forwarded to it."""
    _tell_office("forwarded", forwarding, case, key=str(forwarding.id), actor=actor)


def step_recorded(case: EmployerComplianceCase, step: CaseStep, *, is_by_office: bool, actor: Actor) -> None:
    """Tell whoever handles the case that the branch recorded an act, or the branch that we did."""
    if is_by_office:
        _tell("step_recorded", [case.officer_id], case, key=str(step.id), actor=actor)
        return
    for row in _branches(case):
        _tell_office("news", row, case, key=f"step:{step.id}", actor=actor)


def disputed(case: EmployerComplianceCase, entry_id: int, *, actor: Actor) -> None:
    """Tell those who may review it that a protest has come; whoever handles the case does not."""
    people = {*_staff(case, *REVIEWERS), case.officer_id}
    _tell("disputed", people, case, key=str(entry_id), actor=actor)


def reviewed(case: EmployerComplianceCase, entry_id: int, *, actor: Actor) -> None:
    """Tell the officer and the branch what became of a protest."""
    _tell("reviewed", [case.officer_id], case, key=str(entry_id), actor=actor)
    for row in _branches(case):
        _tell_office("news", row, case, key=f"entry:{entry_id}", actor=actor)


def ended(case: EmployerComplianceCase, *, actor: Actor) -> None:
    """Tell the offices that it was forwarded to that the case has ended."""
    for row in _forwardings(case):
        _tell_office("news", row, case, key=f"end:{case.id}", actor=actor)


def handed_over(case: EmployerComplianceCase, *, actor: Actor) -> None:
    """Tell the new officer."""
    _tell("handed_over", [case.officer_id], case, key=f"{case.id}:{case.version}", actor=actor)


def late(case: EmployerComplianceCase, clock: CaseClock) -> None:
    """Remind the branch that its time is over, and tell whoever handles the case; once for each time."""
    key = str(clock.id)
    _tell("late", [case.officer_id], case, key=key)
    for row in _branches(case):
        if row.office_id == clock.office_id:
            _tell_office("reminder", row, case, key=key)


def finding_waits(case: EmployerComplianceCase, delay_id: int) -> None:
    """Tell the officer and the head that a delay is proposed as a finding."""
    people = {case.officer_id, *_staff(case, *RELEASERS)}
    _tell("finding_waits", people, case, key=str(delay_id))


def _tell(
    kind: str,
    people: Iterable[int | None],
    case: EmployerComplianceCase,
    *,
    key: str,
    actor: Actor = STRANGER,
) -> None:
    notify(f"compliance.{kind}", people, key=key, about=case.id, label=case.reference, actor=actor)


def _tell_office(
    kind: str,
    row: CaseForwarding,
    case: EmployerComplianceCase,
    *,
    key: str,
    actor: Actor = STRANGER,
) -> None:
    people = ids_with_roles(PORTAL_ROLES, row.office_id, without_conflict=(FORWARDED, row.id))
    notify(f"compliance.{kind}", people, key=key, about=row.id, label=case.reference, actor=actor)


def _staff(case: EmployerComplianceCase, *roles: object) -> list[int]:
    """Return who has one of the roles at the office that follows it. 1 statement."""
    wanted = frozenset(role for role in READERS | REVIEWERS if role in roles)
    return ids_with_roles(wanted, case.representative_office_id, without_conflict=(SUBJECT, case.id))


def _forwardings(case: EmployerComplianceCase) -> list[CaseForwarding]:
    found = select(CaseForwarding).where(
        CaseForwarding.case_id == case.id, CaseForwarding.released_at.is_not(None)
    )
    return list(db.session.scalars(found.order_by(CaseForwarding.id)))


def _branches(case: EmployerComplianceCase) -> list[CaseForwarding]:
    return [row for row in _forwardings(case) if row.recipient is Recipient.BRANCH]


def _handled(actor: Actor) -> Select[int]:
    seen: Select[int] = case_scope(actor).cases().with_only_columns(EmployerComplianceCase.id)
    return seen


def _addressed(actor: Actor) -> Select[int]:
    seen: Select[int] = case_scope(actor).forwarded().with_only_columns(CaseForwarding.id)
    return seen


def register_all() -> None:
    """Make the kinds known; called once at start."""
    register_record(RecordKind(SUBJECT, visible=_handled, endpoint="staff.compliance.case", value="case_id"))
    register_record(
        RecordKind(FORWARDED, visible=_addressed, endpoint="portal.compliance.case", value="forwarding_id")
    )
    register(
        Kind(
            "compliance.forwarding_waits",
            N_("A summary about an employer waits for your release"),
            N_("Somebody wrote what a branch shall read of a case. Another person releases it."),
            roles=RELEASERS,
            about=SUBJECT,
        ),
        Kind(
            "compliance.forwarded",
            N_("A compliance case is forwarded to your office"),
            N_("The Ombudsman has forwarded a compliance case to your office. Open it to read it."),
            roles=PORTAL_ROLES,
            about=FORWARDED,
        ),
        Kind(
            "compliance.reminder",
            N_("A compliance case waits for your office"),
            N_("The time until the next step of your office is over. Record what was done."),
            roles=PORTAL_ROLES,
            about=FORWARDED,
        ),
        Kind(
            "compliance.news",
            N_("There is news about a compliance case"),
            N_("Something changed in a compliance case that was forwarded to your office."),
            roles=PORTAL_ROLES,
            about=FORWARDED,
        ),
        Kind(
            "compliance.step_recorded",
            N_("A branch recorded a step"),
            N_("The branch recorded what it did in a compliance case."),
            roles=READERS,
            about=SUBJECT,
        ),
        Kind(
            "compliance.disputed",
            N_("A protest in a compliance case"),
            N_("A protest has come. Another officer than who handles the case reviews it."),
            roles=REVIEWERS | READERS,
            about=SUBJECT,
        ),
        Kind(
            "compliance.reviewed",
            N_("A protest was reviewed"),
            N_("Another officer has reviewed the protest in your compliance case."),
            roles=READERS,
            about=SUBJECT,
        ),
        Kind(
            "compliance.handed_over",
            N_("A compliance case is yours now"),
            N_("A compliance case was given to you. Open it to see who must act."),
            roles=READERS,
            about=SUBJECT,
        ),
        Kind(
            "compliance.late",
            N_("A branch is late with a compliance case"),
            N_("The last day of the public body has passed. It was reminded."),
            roles=READERS,
            about=SUBJECT,
        ),
        Kind(
            "compliance.finding_waits",
            N_("A delay is proposed as a finding"),
            N_("A public body let its time pass. Decide whether it becomes a finding."),
            roles=READERS | RELEASERS,
            about=SUBJECT,
        ),
    )
