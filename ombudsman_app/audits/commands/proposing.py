"""Low scores propose findings; a person confirms each with its words, or drops it with a reason.

What is confirmed becomes a finding of the register when the audit is final (`finalising.py`): until then the
office may still change the score. A finding of an audit carries a suggestion for improvement, and nothing
else: only an examination leads to corrective action (domain/audits.md, "From score to finding").
"""

from dataclasses import dataclass

from sqlalchemy import select

from ombudsman_app.audits.models import Audit, ProposedFinding
from ombudsman_app.audits.policies import CONFIRM
from ombudsman_app.audits.scoring.result import Result
from ombudsman_app.audits.states import AuditState, ProposalState
from ombudsman_app.core.changing import demand, touch
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import MoveNotAllowed
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record

from .moving import locked_audit


@dataclass(frozen=True)
class ProposalInput:
    """The words of a finding as a person confirms them."""

    summary: str
    description: str
    rule: str
    suggestion: str


def propose_findings(held: Audit, result: Result, *, actor: Actor) -> None:
    """Bring the proposals of a locked audit to what a score says. Running it twice changes nothing.

    What a person wrote stays. A proposal that the score does not call for any more is dropped by nobody; if
    the score falls again it waits anew. Dropped by a person it stays dropped. 1 statement and one a change.
    """
    rows = db.session.scalars(select(ProposedFinding).where(ProposedFinding.audit_id == held.id))
    known = {row.indicator: row for row in rows}
    called = {one.indicator: one.severity.value for one in result.findings}
    for indicator, severity in called.items():
        row = known.get(indicator)
        if row is None:
            db.session.add(ProposedFinding(audit_id=held.id, indicator=indicator, severity=severity))
        else:
            row.severity = severity
            if row.state is ProposalState.DROPPED and row.decided_by_id is None:
                row.state, row.decided_at = ProposalState.PROPOSED, None
    for indicator, row in known.items():
        if indicator not in called and row.state is not ProposalState.DROPPED:
            row.state, row.decided_by_id, row.decided_at = ProposalState.DROPPED, None, now()
            _note(held, row, actor, by_score=True)
    db.session.flush()


@command
def confirm_finding(
    audit: Audit, proposal_id: int, given: ProposalInput, *, version: int, actor: Actor
) -> None:
    """Confirm a proposed finding with its words; again, the words are those of the last one who did.

    Raises RecordChanged, NotAllowed, MoveNotAllowed before the draft is sent and once the audit is final.
    """
    held, row = _open(audit, proposal_id, version, actor)
    row.summary, row.description = given.summary, given.description
    row.rule, row.suggestion, row.reason = given.rule, given.suggestion, ""
    _decide(held, row, ProposalState.CONFIRMED, actor)


@command
def drop_finding(audit: Audit, proposal_id: int, reason: str, *, version: int, actor: Actor) -> None:
    """Drop a proposed finding, with the reason. Raises RecordChanged, NotAllowed, MoveNotAllowed."""
    held, row = _open(audit, proposal_id, version, actor)
    row.reason = reason
    _decide(held, row, ProposalState.DROPPED, actor)


def _open(audit: Audit, proposal_id: int, version: int, actor: Actor) -> tuple[Audit, ProposedFinding]:
    held = locked_audit(audit.id, version)
    demand(CONFIRM, actor, held)
    row = db.session.scalars(
        select(ProposedFinding)
        .where(ProposedFinding.id == proposal_id, ProposedFinding.audit_id == held.id)
        .execution_options(populate_existing=True)
    ).one()
    gone_by_score = row.state is ProposalState.DROPPED and row.decided_by_id is None
    if held.state is not AuditState.DRAFT_SENT or gone_by_score:
        raise MoveNotAllowed(state=str(row.state), event="decide_finding")
    return held, row


def _decide(held: Audit, row: ProposedFinding, state: ProposalState, actor: Actor) -> None:
    row.state, row.decided_by_id, row.decided_at = state, actor.user_id, now()
    touch(held)
    db.session.flush()
    _note(held, row, actor)


def _note(held: Audit, row: ProposedFinding, actor: Actor, *, by_score: bool = False) -> None:
    changes = {"indicator": row.indicator, "state": row.state.value, "severity": row.severity}
    record(
        Event.AUDITS_FINDING_DECIDED, "audit", held.id, actor=actor, changes={**changes, "by_score": by_score}
    )
