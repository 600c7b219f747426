"""A Pemda proposes a state of its own duty; an officer takes it over or returns it with a reason."""

from sqlalchemy import select

from ombudsman_app.core.changing import demand, locked, touch
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import MoveNotAllowed
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.coverage.duties import ProposalState
from ombudsman_app.coverage.duty_policies import ASSESS, PROPOSE
from ombudsman_app.coverage.errors import DutyRefused
from ombudsman_app.coverage.models import DutyProposal, DutyStatus
from ombudsman_app.coverage.queries.duty_subjects import OwnDuty, SubjectDuty

from .duty_assessing import assess_duty
from .duty_inputs import DutyInput, refuse_duty

PROPOSAL = "duty_proposal"


@command
def propose_duty(found: OwnDuty, given: DutyInput, *, actor: Actor) -> DutyProposal:
    """Send a proposal to the Ombudsman. Raises DutyRefused; also where one waits already."""
    demand(PROPOSE, actor, found)
    refuse_duty(given, found.subject, actor.time_zone)
    waits = select(DutyProposal.id).where(
        DutyProposal.subject == found.subject.key,
        DutyProposal.duty == found.duty.key,
        DutyProposal.state == ProposalState.WAITING,
    )
    if db.session.scalar(waits) is not None:
        raise DutyRefused(field="status", why="waits")
    made = DutyProposal(
        office_id=found.office_id,
        representative_office_id=found.subject.representative_office_id,
        subject=found.subject.key,
        duty=found.duty.key,
        status=given.status,
        as_of=given.as_of,
        reason=given.reason,
        evidence=given.evidence,
        evidence_url=given.evidence_url,
        local_rule_id=given.local_rule_id,
        made_by_id=actor.user_id,
        made_at=now(),
    )
    db.session.add(made)
    db.session.flush()
    changes = {"subject": made.subject, "duty": made.duty, "status": made.status.value}
    record(Event.COVERAGE_DUTY_PROPOSAL_SENT, PROPOSAL, made.id, actor=actor, changes=changes)
    return made


@command
def withdraw_proposal(proposal: DutyProposal, *, version: int, actor: Actor) -> None:
    """Take an own proposal back before it is decided. Raises RecordChanged, MoveNotAllowed."""
    held = locked(DutyProposal, proposal.id, version=version)
    demand(PROPOSE, actor, held)
    _still_waits(held, "withdraw")
    held.state = ProposalState.WITHDRAWN
    touch(held)
    record(Event.COVERAGE_DUTY_PROPOSAL_WITHDRAWN, PROPOSAL, held.id, actor=actor)


@command
def accept_proposal(proposal: DutyProposal, found: SubjectDuty, *, version: int, actor: Actor) -> DutyStatus:
    """Take a proposal over as an assessment of this officer. Raises RecordChanged, MoveNotAllowed."""
    held = locked(DutyProposal, proposal.id, version=version)
    demand(ASSESS, actor, held)
    _still_waits(held, "accept")
    _decide(held, ProposalState.ACCEPTED, actor)
    given = DutyInput(
        held.status, held.as_of, held.reason, held.evidence, held.evidence_url, held.local_rule_id
    )
    known = select(DutyStatus.version).where(DutyStatus.subject == held.subject, DutyStatus.duty == held.duty)
    return assess_duty(found, given, version=db.session.scalar(known) or 0, actor=actor, proposal_id=held.id)


@command
def return_proposal(proposal: DutyProposal, reason: str, *, version: int, actor: Actor) -> None:
    """Give a proposal back with a reason that the Pemda reads. Raises RecordChanged, MoveNotAllowed."""
    held = locked(DutyProposal, proposal.id, version=version)
    demand(ASSESS, actor, held)
    _still_waits(held, "return")
    _decide(held, ProposalState.RETURNED, actor)
    held.decision = reason
    record(Event.COVERAGE_DUTY_PROPOSAL_RETURNED, PROPOSAL, held.id, actor=actor, reason=reason)


def _still_waits(held: DutyProposal, event: str) -> None:
    if held.state is not ProposalState.WAITING:
        raise MoveNotAllowed(state=held.state.value, event=event)


def _decide(held: DutyProposal, state: ProposalState, actor: Actor) -> None:
    held.state, held.decided_by_id, held.decided_at = state, actor.user_id, now()
    touch(held)
