"""Receipt of a draft is proven, and from then on the office's time runs (design.md §12, Proof of receipt)."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from ombudsman_app.audits.answer_time import answer_time, rule_version
from ombudsman_app.audits.models import Audit, AuditClock
from ombudsman_app.audits.policies import RESPOND
from ombudsman_app.audits.states import AuditState
from ombudsman_app.core.changing import demand, locked, touch
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import RecordChanged
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.core.workflow.deadlines import day_zero, explain
from ombudsman_app.core.workflow.models import calendar_of
from ombudsman_app.documents.models import Delivery
from ombudsman_app.findings.states import Receipt


def locked_draft(audit_id: int, version: int | None = None) -> Audit:
    """Return the audit as it stands now, locked until the commit, with offices and time. 2 statements.

    For the portal: who assessed is not loaded, and its wall would not show it.
    """
    held = locked(Audit, audit_id, Audit.office, Audit.representative_office)
    db.session.refresh(held, ["clock"])
    if version is not None and held.version != version:
        raise RecordChanged
    return held


@command
def open_draft(audit: Audit, *, actor: Actor) -> None:
    """Note that an officer of the office opened the draft: that proves receipt. Again changes nothing."""
    held = locked_draft(audit.id)
    demand(RESPOND, actor, held)
    if held.state is AuditState.DRAFT_SENT and held.received_on is None:
        _start(held, Receipt.OPENED, now(), actor=actor)


def receive_by_paper(held: Audit, way: Delivery, *, actor: Actor) -> None:
    """The letter of a locked audit arrived, on the day that its proof says, however late that is noted.

    Days in the future and before it was issued are refused where the proof is recorded (NotDelivered).
    """
    if way.delivered_at is None or held.state is not AuditState.DRAFT_SENT or held.received_on is not None:
        return  # opened before the proof was recorded: the first proof counts
    _start(held, Receipt.DELIVERED, way.delivered_at, actor=actor, delivery_id=way.id)


def _start(
    held: Audit, proof: Receipt, at: datetime, *, actor: Actor, delivery_id: int | None = None
) -> None:
    """Let the time run, counted in the zone of the office that handles the audit."""
    rule, zone = answer_time(), held.representative_office.time_zone
    calendar = calendar_of(held.office.province_code)
    counted = explain(day_zero(at, zone, rule.unit, calendar), rule.length, rule.unit, calendar)
    held.received_on = at.astimezone(ZoneInfo(zone)).date()
    held.receipt, held.answer_due_on = proof.value, counted.due
    db.session.add(
        AuditClock(
            audit_id=held.id,
            received_at=at,
            proof=proof,
            delivery_id=delivery_id,
            received_by_id=actor.user_id if proof is Receipt.OPENED else None,
            start_on=counted.start,
            length=rule.length,
            unit=rule.unit.value,
            due_on=counted.due,
            rule_version=rule_version(),
            calendar_version=counted.calendar_version,
        )
    )
    touch(held)
    db.session.flush()
    changes = {"proof": proof.value, "due_on": counted.due.isoformat(), "delivery": delivery_id}
    record(Event.AUDITS_DRAFT_OPENED, "audit", held.id, actor=actor, changes=changes)


def end_clock(held: Audit, *, on: date) -> None:
    """The time of a locked audit ends on this day."""
    if held.clock is not None and held.clock.ended_on is None:
        held.clock.ended_on, held.clock.proposed_due_on = on, None
