"""The head makes an audit final: the score of the changed answers is computed once more and stays."""

from collections.abc import Sequence

from sqlalchemy import select

from ombudsman_app.audits import draft_notices as notices
from ombudsman_app.audits.errors import FindingsOpen, ResponsesOpen
from ombudsman_app.audits.models import Audit, ProposedFinding
from ombudsman_app.audits.policies import RELEASE
from ombudsman_app.audits.queries.drafts import changed_inputs, waiting_indicators
from ombudsman_app.audits.states import AUDIT, ProposalState, ScoreStage
from ombudsman_app.core.changing import demand
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Actor
from ombudsman_app.findings.commands import FindingInput, make_finding
from ombudsman_app.findings.states import Origin

from .moving import locked_audit, move
from .proposing import propose_findings
from .publishing import carry_score
from .receiving import end_clock
from .scoring import keep_score, result_of


@command
def finalise(audit: Audit, *, version: int, actor: Actor) -> None:
    """Compute the final score from the changed answers, freeze it, and make the confirmed findings.

    Raises NotAllowed, RecordChanged, MoveNotAllowed where it is final already; ResponsesOpen (why:
    not_received, time_runs, waits) while the office may speak or waits for a ruling; FindingsOpen while a
    proposed finding waits for a person.
    """
    held = locked_audit(audit.id, version)
    demand(RELEASE, actor, held)
    AUDIT.after(held.state, "finalise")
    refuse_open(held)
    inputs = changed_inputs(held.id)
    propose_findings(held, result_of(inputs), actor=actor)
    confirmed = _decided_proposals(held)
    score = keep_score(held.id, ScoreStage.FINAL, inputs, actor=actor)
    carry_score(held, score)
    held.finalised_by_id, held.finalised_at = actor.user_id, now()
    db.session.refresh(held, ["clock"])
    end_clock(held, on=today(held.representative_office.time_zone))
    move(held, "finalise", actor=actor, changes={"total": str(score.total)})
    db.session.flush()
    for row in confirmed:
        _make(held, row, actor)
    notices.made_final(held, actor=actor)


def refuse_open(held: Audit) -> None:
    """Raise ResponsesOpen while the office may still speak, or what it said waits for a ruling."""
    if held.received_on is None or held.answer_due_on is None:
        raise ResponsesOpen(why="not_received", indicators=[], until=None)
    is_over = today(held.representative_office.time_zone) > held.answer_due_on
    if held.answered_on is None and not is_over:
        raise ResponsesOpen(why="time_runs", indicators=[], until=held.answer_due_on.isoformat())
    if waiting := waiting_indicators(held.id):
        raise ResponsesOpen(why="waits", indicators=waiting, until=None)


def _decided_proposals(held: Audit) -> Sequence[ProposedFinding]:
    """Return what was confirmed. Raises FindingsOpen. 1 statement."""
    rows = db.session.scalars(
        select(ProposedFinding)
        .where(ProposedFinding.audit_id == held.id, ProposedFinding.state != ProposalState.DROPPED)
        .order_by(ProposedFinding.id)
    ).all()
    if waiting := [row.indicator for row in rows if row.state is ProposalState.PROPOSED]:
        raise FindingsOpen(indicators=sorted(waiting))
    return rows


def _make(held: Audit, row: ProposedFinding, actor: Actor) -> None:
    finding = make_finding(
        FindingInput(row.summary, row.description, row.rule, [row.suggestion]),
        origin=Origin.AUDIT,
        office_id=held.office_id,
        representative_office_id=held.representative_office_id,
        written_by_id=row.decided_by_id,
        actor=actor,
    )
    row.finding_id = finding.id
    db.session.flush()
