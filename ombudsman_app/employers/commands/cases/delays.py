"""A public body let its last day pass: it is reminded, then its delay is proposed as a finding, each once.

Who is late is the public body, never the employer (domain/employers.md §5). A person decides on each.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from ombudsman_app.core.changing import demand, touch
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import MoveNotAllowed
from ombudsman_app.core.faults import crash_point
from ombudsman_app.core.policy import STRANGER, Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.core.workflow.deadlines import explain
from ombudsman_app.core.workflow.models import calendars
from ombudsman_app.directory.models import Office
from ombudsman_app.employers.compliance import notices
from ombudsman_app.employers.compliance.policies import DECIDE_DELAY
from ombudsman_app.employers.compliance.rules import RULES, DelayDecision, Wait
from ombudsman_app.employers.models import CaseClock, CaseDelay, EmployerComplianceCase
from ombudsman_app.findings.commands import FindingInput, make_finding
from ombudsman_app.findings.models import Finding
from ombudsman_app.findings.states import Origin

from .moving import SUBJECT, locked_case

_AT_ONCE = 200
_FIRST_ZONE = "Asia/Jayapura"  # the first zone in which a day begins


@dataclass(frozen=True)
class DelayFinding:
    """The finding as a person lets it go: the words that were proposed, or others."""

    summary: str
    description: str
    rule: str
    measure: str


def notice_delays() -> tuple[int, int]:
    """Remind of what is late, propose what stays late; return how many of each. Again does nothing again."""
    after, reminded, proposed = 0, 0, 0
    while batch := _late_after(after):
        for case_id in batch:
            done = _notice(case_id)
            reminded, proposed = reminded + done[0], proposed + done[1]
            crash_point("employers.delays.case")
        after = batch[-1]
    return reminded, proposed


def _late_after(after: int) -> list[int]:
    """Return the next cases that may be late, by id. 1 statement."""
    found = (
        select(EmployerComplianceCase.id)
        .where(
            EmployerComplianceCase.is_open.is_(True),
            EmployerComplianceCase.next_due_on < today(_FIRST_ZONE),
            EmployerComplianceCase.id > after,
        )
        .order_by(EmployerComplianceCase.id)
        .limit(_AT_ONCE)
    )
    return list(db.session.scalars(found))


@command
def _notice(case_id: int) -> tuple[int, int]:
    """Look at the times of one case; rows of a time are there once."""
    held = locked_case(case_id)
    day = today(held.representative_office.time_zone)
    late = select(CaseClock).where(
        CaseClock.case_id == held.id,
        CaseClock.ended_on.is_(None),
        CaseClock.paused_from.is_(None),
        CaseClock.due_on < day,
    )
    reminded = proposed = 0
    for clock in db.session.scalars(late.order_by(CaseClock.id)).all():
        if _is_over(clock, RULES.reminder, day):
            reminded += _remind(held, clock)
        if _is_over(clock, RULES.finding, day):
            proposed += _propose(held, clock)
    return reminded, proposed


def _is_over(clock: CaseClock, wait: Wait, day: date) -> bool:
    """Whether so long has passed since the last day, by the calendar of the body that must act."""
    province = None
    if clock.office_id is not None:
        province = db.session.scalar(select(Office.province_code).where(Office.id == clock.office_id))
    return explain(clock.due_on, *wait.length, calendars()(province)).due <= day


def _remind(held: EmployerComplianceCase, clock: CaseClock) -> int:
    dialect = sqlite if db.engine.dialect.name == "sqlite" else postgresql
    row = {
        "case_id": held.id,
        "clock_id": clock.id,
        "office_id": clock.office_id,
        "due_on": clock.due_on,
        "reminded_at": now(),
        "reason": "",
    }
    adding = dialect.insert(CaseDelay).values(row).on_conflict_do_nothing().returning(CaseDelay.id)
    if db.session.scalar(adding) is None:
        return 0
    changes = {"clock": clock.clock, "due_on": clock.due_on.isoformat()}
    record(Event.EMPLOYERS_CASE_DELAY_NOTICED, SUBJECT, held.id, actor=STRANGER, changes=changes)
    notices.late(held, clock)
    return 1


def _propose(held: EmployerComplianceCase, clock: CaseClock) -> int:
    """Propose the finding where an office stands behind the time: nobody is found at fault without a name."""
    delay = db.session.scalar(select(CaseDelay).where(CaseDelay.clock_id == clock.id).with_for_update())
    if delay is None or delay.proposed_at is not None or delay.office_id is None:
        return 0
    delay.proposed_at = now()
    db.session.flush()
    record(
        Event.EMPLOYERS_CASE_DELAY_PROPOSED, SUBJECT, held.id, actor=STRANGER, changes={"clock": clock.clock}
    )
    notices.finding_waits(held, delay.id)
    return 1


@command
def find_delay(delay: CaseDelay, given: DelayFinding, *, version: int, actor: Actor) -> Finding:
    """Make the finding of a delay: a draft of the findings, sent from there. One for each delay, for ever.

    It names the case by its number alone, never the employer. Raises MoveNotAllowed once it was decided,
    NotAllowed, RecordChanged, WrongKindOfMeasure.
    """
    held, row = _waiting(delay, version, actor)
    finding = make_finding(
        FindingInput(given.summary, given.description, given.rule, [given.measure]),
        origin=Origin.EMPLOYER,
        office_id=row.office_id or 0,
        representative_office_id=held.representative_office_id,
        actor=actor,
    )
    row.finding_id = finding.id
    _decide(held, row, DelayDecision.FOUND, "", actor)
    return finding


@command
def drop_delay(delay: CaseDelay, reason: str, *, version: int, actor: Actor) -> None:
    """Make no finding of a delay, with the reason; the lateness stays. Raises as above."""
    held, row = _waiting(delay, version, actor)
    _decide(held, row, DelayDecision.DROPPED, reason, actor)


def _waiting(delay: CaseDelay, version: int, actor: Actor) -> tuple[EmployerComplianceCase, CaseDelay]:
    held = locked_case(delay.case_id, version)
    demand(DECIDE_DELAY, actor, held)
    row = db.session.get_one(CaseDelay, delay.id, populate_existing=True)
    if row.decision is not None or row.proposed_at is None:
        raise MoveNotAllowed(state="decided", event="decide_delay")
    return held, row


def _decide(
    held: EmployerComplianceCase, row: CaseDelay, decision: DelayDecision, reason: str, actor: Actor
) -> None:
    row.decision, row.reason = decision, reason
    row.decided_at, row.decided_by_id = now(), actor.user_id
    touch(held)
    db.session.flush()
    changes = {"delay": row.id, "decision": decision.value, "finding": row.finding_id}
    record(Event.EMPLOYERS_CASE_DELAY_DECIDED, SUBJECT, held.id, actor=actor, changes=changes)
