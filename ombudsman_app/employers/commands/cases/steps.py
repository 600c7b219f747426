"""An act of a public body on the ladder is recorded, by the branch in the portal or by staff from a letter.

We never issue it. What was recorded stays; a correction is a new row that names the one it replaces.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select

from ombudsman_app.core import limits
from ombudsman_app.core.changing import compare_version, demand, touch
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import FormSentDifferently, MoveNotAllowed, NotVisible
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.employers.compliance import notices
from ombudsman_app.employers.compliance.policies import RECORD, WORK
from ombudsman_app.employers.compliance.rules import (
    LADDER,
    TMP2T_SERVICES,
    CameBy,
    LadderAct,
    event_of,
    is_by_government,
    open_acts,
)
from ombudsman_app.employers.errors import StepRefused
from ombudsman_app.employers.models import CaseForwarding, CaseStep, EmployerComplianceCase

from .clocks import ClockStart, end_clocks, restart_clock, running, start_clock
from .moving import SUBJECT, locked_case, move


@dataclass(frozen=True)
class StepInput:
    """What the letter of a public body says.

    `delivered_on`: to the employer, None: not known yet. `signed_as`: an office held, no person. `admin_fine`
    (0.1 % a month, PP 86/2013) and `late_charge` (2 % a month) are two things, whole rupiah each.
    `asked_office_id`: of which office a TMP2T was asked. `services`: ids of the public services withheld.
    """

    act: LadderAct
    number: str
    dated_on: date
    delivered_on: date | None = None
    signed_as: str = ""
    asked_office_id: int | None = None
    admin_fine: int | None = None
    late_charge: int | None = None
    services: Sequence[str] = ()
    note: str = ""
    form_key: str = ""


@command
def record_step(
    case_id: int,
    given: StepInput,
    *,
    forwarding: CaseForwarding | None = None,
    version: int | None = None,
    actor: Actor,
) -> CaseStep:
    """Keep an act as its letter says it; its time runs, the one before it ends. A form sent twice keeps one.

    `forwarding`: it comes from the branch, in the portal. Raises NotAllowed, MoveNotAllowed, RecordChanged,
    StepRefused(field, why).
    """
    held = locked_case(case_id)
    _demand(held, forwarding, actor)
    if kept := _kept_before(held, given):
        return kept
    compare_version(held, version)
    if given.act not in open_acts(held.state):
        raise MoveNotAllowed(state=str(held.state), event=str(given.act))
    acts = current_steps(held.id)
    _refuse_nonsense(held, given, acts)
    step = _keep(held, given, forwarding, actor)
    end_on = min(given.dated_on, today(held.representative_office.time_zone))
    if (event := event_of(given.act)) is not None:
        end_clocks(held, on=end_on)
        move(held, event, note=Event.EMPLOYERS_CASE_STEP_RECORDED, actor=actor, changes=_facts(step))
        _start(held, step, actor)
    else:
        touch(held)
        record(Event.EMPLOYERS_CASE_STEP_RECORDED, SUBJECT, held.id, actor=actor, changes=_facts(step))
    db.session.flush()
    notices.step_recorded(held, step, is_by_office=forwarding is not None, actor=actor)
    return step


@command
def correct_step(
    case_id: int,
    step_id: int,
    given: StepInput,
    *,
    forwarding: CaseForwarding | None = None,
    version: int | None = None,
    actor: Actor,
) -> CaseStep:
    """Record an act again, as it really was; the earlier row stays and is shown as replaced.

    A time that still runs from it is counted anew. Raises NotVisible for what is no act of this case or was
    replaced already, StepRefused, NotAllowed, RecordChanged.
    """
    held = locked_case(case_id)
    _demand(held, forwarding, actor)
    if kept := _kept_before(held, given):
        return kept
    compare_version(held, version)
    acts = current_steps(held.id)
    before = next((one for one in acts if one.id == step_id), None)
    if before is None:
        raise NotVisible
    if not held.is_open:
        raise MoveNotAllowed(state=str(held.state), event="correct_step")
    given = replace(given, act=before.act)
    _refuse_nonsense(held, given, [one for one in acts if one.id != step_id])
    step = _keep(held, given, forwarding, actor, replaces_id=before.id)
    touch(held)
    for clock in running(held):
        if clock.clock == before.act:
            start = given.delivered_on or given.dated_on
            restart_clock(held, clock, start, actor=actor)
            clock.is_from_letter = given.delivered_on is None and given.act is not LadderAct.TMP2T_REQUEST
    changes = {**_facts(step), "replaces": before.id}
    record(Event.EMPLOYERS_CASE_STEP_CORRECTED, SUBJECT, held.id, actor=actor, changes=changes)
    notices.step_recorded(held, step, is_by_office=forwarding is not None, actor=actor)
    return step


def _demand(held: EmployerComplianceCase, forwarding: CaseForwarding | None, actor: Actor) -> None:
    if forwarding is None:
        demand(WORK, actor, held)
        return
    row = db.session.get_one(CaseForwarding, forwarding.id, populate_existing=True)
    demand(RECORD, actor, row)
    if not row.is_received or row.case_id != held.id:
        raise NotVisible


def current_steps(case_id: int) -> list[CaseStep]:
    """Return the acts of a case without those that were replaced, oldest first. 1 statement."""
    rows = list(db.session.scalars(select(CaseStep).where(CaseStep.case_id == case_id).order_by(CaseStep.id)))
    replaced = {row.replaces_id for row in rows}
    return [row for row in rows if row.id not in replaced]


def _keep(
    held: EmployerComplianceCase,
    given: StepInput,
    forwarding: CaseForwarding | None,
    actor: Actor,
    replaces_id: int | None = None,
) -> CaseStep:
    step = CaseStep(
        case_id=held.id,
        act=given.act,
        number=given.number,
        dated_on=given.dated_on,
        delivered_on=given.delivered_on,
        signed_as=given.signed_as,
        office_id=None if is_by_government(given.act) else held.branch_id,
        asked_office_id=given.asked_office_id if given.act is LadderAct.TMP2T_REQUEST else None,
        admin_fine=given.admin_fine if given.act is LadderAct.FINE else None,
        late_charge=given.late_charge,
        services=list(given.services) if _has_services(given.act) else None,
        note=given.note,
        came_by=CameBy.LETTER if forwarding is None else CameBy.PORTAL,
        recorded_by_id=actor.user_id,
        recorded_at=now(),
        replaces_id=replaces_id,
        form_key=given.form_key or None,
    )
    db.session.add(step)
    db.session.flush()
    return step


def _has_services(act: LadderAct) -> bool:
    return act in (LadderAct.TMP2T_REQUEST, LadderAct.TMP2T_APPLIED)


def _start(held: EmployerComplianceCase, step: CaseStep, actor: Actor) -> None:
    """Let the time run that follows a step: of the branch, or of the office that a TMP2T was asked of."""
    is_asked = step.act is LadderAct.TMP2T_REQUEST
    start_clock(
        held,
        ClockStart(
            step.act.value,
            step.delivered_on or step.dated_on,
            step.asked_office_id if is_asked else held.branch_id,
            is_from_letter=step.delivered_on is None and not is_asked,
        ),
        actor=actor,
    )


def _refuse_nonsense(held: EmployerComplianceCase, given: StepInput, acts: Sequence[CaseStep]) -> None:
    """Raise StepRefused for days that cannot be and for services that the rules do not have."""
    day = today(held.representative_office.time_zone)
    for field in ("dated_on", "delivered_on"):
        said: date | None = getattr(given, field)
        if said is not None and said > day:
            raise StepRefused(field=field, why="in_future")
        if said is not None and said.year < limits.EARLIEST_CASE_YEAR:
            raise StepRefused(field=field, why="too_early")
    if given.delivered_on is not None and given.delivered_on < given.dated_on:
        raise StepRefused(field="delivered_on", why="before_letter")
    if any(service not in TMP2T_SERVICES for service in given.services):
        raise StepRefused(field="services", why="unknown")
    if given.act is not LadderAct.SKK:  # it runs in parallel
        _refuse_order(given, [one for one in acts if one.act is not LadderAct.SKK])


def _refuse_order(given: StepInput, acts: Sequence[CaseStep]) -> None:
    """Raise StepRefused for an act before one that stands lower on the ladder, or after a higher one."""
    rung = LADDER[given.act].step
    earlier = [one.dated_on for one in acts if LADDER[one.act].step < rung]
    later = [one.dated_on for one in acts if LADDER[one.act].step > rung]
    if earlier and given.dated_on < max(earlier):
        raise StepRefused(field="dated_on", why="before_step")
    if later and given.dated_on > min(later):
        raise StepRefused(field="dated_on", why="after_step")


def _kept_before(held: EmployerComplianceCase, given: StepInput) -> CaseStep | None:
    """Return what the same form kept. Raises FormSentDifferently where it says otherwise now (DI4)."""
    if not given.form_key:
        return None
    kept = db.session.scalar(
        select(CaseStep).where(CaseStep.case_id == held.id, CaseStep.form_key == given.form_key)
    )
    if kept is None:
        return None
    said = (given.number, given.dated_on, given.delivered_on, given.note)
    if (kept.number, kept.dated_on, kept.delivered_on, kept.note) != said:
        raise FormSentDifferently
    return kept


def _facts(step: CaseStep) -> dict[str, Any]:
    return {
        "step": step.id,
        "act": step.act.value,
        "dated_on": step.dated_on.isoformat(),
        "delivered_on": step.delivered_on.isoformat() if step.delivered_on else None,
        "came_by": step.came_by.value,
    }
