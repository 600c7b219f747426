"""Another officer than who assessed rules on what the office said: taken over, or kept, with the reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from ombudsman_app.audits.errors import SheetRefused
from ombudsman_app.audits.models import AnswerChange, Audit, AuditResponse
from ombudsman_app.audits.policies import DECIDE_RESPONSE
from ombudsman_app.audits.queries.drafts import changed_inputs, last_said
from ombudsman_app.audits.scoring import refusals
from ombudsman_app.audits.scoring.answers import read_answer
from ombudsman_app.audits.scoring.definition import read_definition
from ombudsman_app.audits.states import AuditState, Cause, Ruling, Stance
from ombudsman_app.core.changing import demand, touch
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import MoveNotAllowed, NotAllowed, RecordChanged
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record

from .moving import locked_audit
from .proposing import propose_findings
from .scoring import result_of


@dataclass(frozen=True)
class RulingInput:
    """A ruling with the reason that the office reads.

    `answer`: the new value, or the two numbers, or `na` with its reason; without evidence. `counts_files`:
    whether the files that the office named count as evidence beside what there was.
    """

    ruling: Ruling
    reason: str
    answer: Mapping[str, Any] | None = None
    counts_files: bool = False


@command
def decide_response(response: AuditResponse, given: RulingInput, *, actor: Actor) -> None:
    """Rule on the last thing that the office said to an indicator.

    Raises NotAllowed to whoever assessed or said it, RecordChanged if it was ruled on or said again
    meanwhile, MoveNotAllowed once the audit is final, AnswersInvalid for a value that the indicator does not
    take, SheetRefused (why: unchanged, or what the score refuses).
    """
    held = locked_audit(response.audit_id)
    demand(DECIDE_RESPONSE, actor, held)
    row = db.session.scalars(
        select(AuditResponse).where(AuditResponse.id == response.id).execution_options(populate_existing=True)
    ).one()
    if row.said_by_id == actor.user_id:
        raise NotAllowed(policy=DECIDE_RESPONSE.name)
    if held.state is not AuditState.DRAFT_SENT or row.stance is Stance.ACCEPT:
        raise MoveNotAllowed(state=str(held.state), event="decide_response")
    last = last_said(held.id, row.indicator)
    if row.ruling is not None or last is None or last.id != row.id:
        raise RecordChanged
    if given.ruling is Ruling.TAKEN_OVER:
        _take_over(held, row, given, actor)
    row.ruling, row.ruling_reason = given.ruling, given.reason
    row.decided_by_id, row.decided_at = actor.user_id, now()
    touch(held)
    db.session.flush()
    changes = {"response": row.id, "indicator": row.indicator, "ruling": given.ruling.value}
    record(Event.AUDITS_RESPONSE_DECIDED, "audit", held.id, actor=actor, changes=changes)


def _take_over(held: Audit, row: AuditResponse, given: RulingInput, actor: Actor) -> None:
    """Change the answer, with its trace; what it scores decides which findings are proposed."""
    inputs = changed_inputs(held.id)
    before = dict(inputs["answers"][row.indicator])
    after = _answer_after(inputs, row, given, before)
    if after == before:
        raise SheetRefused(why="unchanged", indicators=[row.indicator])
    try:
        result = result_of({**inputs, "answers": {**inputs["answers"], row.indicator: after}})
    except refusals.SheetRefused as refused:
        raise SheetRefused(why=refused.code, indicators=[row.indicator]) from refused
    db.session.add(
        AnswerChange(
            audit_id=held.id,
            indicator=row.indicator,
            before=before,
            after=after,
            cause=Cause.RESPONSE,
            reason=given.reason,
            response_id=row.id,
            by_id=actor.user_id,
            at=now(),
        )
    )
    db.session.flush()
    stated = {"indicator": row.indicator, "before": before, "after": after, "total": str(result.total)}
    record(Event.AUDITS_ANSWER_CHANGED, "audit", held.id, actor=actor, changes=stated)
    propose_findings(held, result, actor=actor)


def _answer_after(
    inputs: Mapping[str, Any], row: AuditResponse, given: RulingInput, before: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the answer as it then stands, read as the indicator takes it. Raises AnswersInvalid."""
    told = dict(given.answer) if given.answer is not None else {**before}
    evidence = int(before.get("evidence", 0)) + (len(row.file_ids) if given.counts_files else 0)
    if "na" not in told:
        told["evidence"] = evidence
    indicator = read_definition(inputs["definition"]).by_id[row.indicator]
    return read_answer(told, indicator).as_mapping()
