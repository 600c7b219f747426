"""Receipt is proven, and from then on the time to answer runs (design.md §12, Proof of receipt)."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select, update

from ombudsman_app.core.changing import demand, touch
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.core.workflow.deadlines import Unit, day_zero, explain
from ombudsman_app.core.workflow.models import calendar_of
from ombudsman_app.documents.models import Delivery
from ombudsman_app.findings.models import NO_DUE_DAY, Finding, FindingClock, LadderStep
from ombudsman_app.findings.origins import tell_origin
from ombudsman_app.findings.policies import RESPOND
from ombudsman_app.findings.states import (
    RULE_VERSION,
    RUNGS,
    WAITING,
    Receipt,
    Rung,
    response_limit,
)

from .moving import locked_finding

SECOND_TERM = "second_term"


@command
def open_finding(finding: Finding, *, actor: Actor) -> None:
    """Note that an officer of the office opened it: that proves receipt. Again changes nothing."""
    held = locked_finding(finding.id)
    demand(RESPOND, actor, held)
    step = _second_term_that_waits(held)
    if held.state in WAITING and not held.is_received:
        _receive(held, Receipt.OPENED, now(), actor=actor)
    if step is not None:
        _begin_second_term(held, Receipt.OPENED, now(), actor=actor)


def receive_by_paper(held: Finding, way: Delivery, *, is_second_term: bool, actor: Actor) -> None:
    """A paper about a locked finding arrived, on the day that its proof says, however late that is noted."""
    if way.delivered_at is None or held.state not in WAITING:
        return  # answered before the proof was recorded: nothing waits any more
    if is_second_term:
        if _second_term_that_waits(held) is not None:
            _begin_second_term(held, Receipt.DELIVERED, way.delivered_at, actor=actor, delivery_id=way.id)
    elif not held.is_received:
        _receive(held, Receipt.DELIVERED, way.delivered_at, actor=actor, delivery_id=way.id)


def _second_term_that_waits(held: Finding) -> LadderStep | None:
    """Return the released second term of this round whose clock has not begun. 1 statement."""
    begun = select(FindingClock.id).where(
        FindingClock.finding_id == held.id,
        FindingClock.round == held.round,
        FindingClock.clock == SECOND_TERM,
    )
    return db.session.scalar(
        select(LadderStep).where(
            LadderStep.finding_id == held.id,
            LadderStep.round == held.round,
            LadderStep.rung == Rung.SECOND_TERM,
            LadderStep.released_at.is_not(None),
            ~begun.exists(),
        )
    )


def _receive(
    held: Finding, proof: Receipt, at: datetime, *, actor: Actor, delivery_id: int | None = None
) -> None:
    limit = response_limit(held.origin, held.regime)
    held.is_received = True
    _start(held, limit.id, limit.span, proof, at, actor=actor, delivery_id=delivery_id)


def _begin_second_term(
    held: Finding, proof: Receipt, at: datetime, *, actor: Actor, delivery_id: int | None = None
) -> None:
    term = RUNGS[Rung.SECOND_TERM].term
    if term is not None:
        _start(held, SECOND_TERM, term.length, proof, at, actor=actor, delivery_id=delivery_id)


def _start(
    held: Finding,
    clock: str,
    span: tuple[int, Unit],
    proof: Receipt,
    at: datetime,
    *,
    actor: Actor,
    delivery_id: int | None,
) -> None:
    """Let a time run on a locked finding, counted in the zone of the office that handles it."""
    length, unit = span
    calendar = calendar_of(held.office.province_code)
    start = day_zero(at, held.representative_office.time_zone, unit, calendar)
    counted = explain(start, length, unit, calendar)
    db.session.add(
        FindingClock(
            finding_id=held.id,
            round=held.round,
            clock=clock,
            received_at=at,
            proof=proof,
            delivery_id=delivery_id,
            received_by_id=actor.user_id if proof is Receipt.OPENED else None,
            start_on=counted.start,
            length=length,
            unit=unit.value,
            due_on=counted.due,
            rule_version=RULE_VERSION,
            calendar_version=counted.calendar_version,
        )
    )
    touch(held)
    db.session.flush()
    keep_next_due([held.id])
    changes: dict[str, Any] = {"clock": clock, "round": held.round, "proof": proof.value}
    changes |= {"due_on": counted.due.isoformat(), "delivery": delivery_id}
    record(Event.FINDINGS_RECEIVED, "finding", held.id, actor=actor, changes=changes)
    if proof is Receipt.OPENED:  # of a paper its own domain knows already
        tell_origin(held.origin, held.id, actor=actor)


def end_clocks(held: Finding, *, on: date) -> None:
    """The office has answered: its times end on this day. 2 statements."""
    db.session.execute(
        update(FindingClock)
        .where(FindingClock.finding_id == held.id, FindingClock.ended_on.is_(None))
        .values(ended_on=on, proposed_due_on=None)
        .execution_options(synchronize_session=False)
    )
    keep_next_due([held.id])


def keep_next_due(findings: Iterable[int]) -> None:
    """Set the day that the register sorts by: the last one that was granted. 1 statement."""
    last = select(func.max(FindingClock.due_on)).where(
        FindingClock.finding_id == Finding.id, FindingClock.ended_on.is_(None)
    )
    db.session.execute(
        update(Finding)
        .where(Finding.id.in_(sorted(findings)))
        .values(next_due_on=func.coalesce(last.scalar_subquery(), NO_DUE_DAY))
        .execution_options(synchronize_session=False)
    )
