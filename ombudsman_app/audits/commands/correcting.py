"""A published score that is wrong: one person asks with the reason, the head who did not ask releases (AZ10).

The wrong score stays as it was kept, and is named beside the new one wherever the result is read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from ombudsman_app.audits import correction_notices as notices
from ombudsman_app.audits.errors import OwnAudit, SheetRefused
from ombudsman_app.audits.models import Audit, AuditCorrection, AuditScore
from ombudsman_app.audits.policies import ASK_CORRECTION, RELEASE_CORRECTION
from ombudsman_app.audits.scoring import refusals
from ombudsman_app.audits.scoring.answers import read_answer
from ombudsman_app.audits.scoring.definition import read_definition
from ombudsman_app.audits.scoring.result import Result
from ombudsman_app.audits.states import AuditState, CorrectionState, ScoreStage
from ombudsman_app.core.changing import demand, touch
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import MoveNotAllowed, NotAllowed, NotVisible, RecordChanged
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record

from .moving import locked_audit
from .publishing import carry_score
from .scoring import keep_score, latest_score, result_of
from .sheets import person_of


@dataclass(frozen=True)
class CorrectionInput:
    """The answer as it should have been, as scoring reads it, and why. Everybody reads the reason."""

    indicator: str
    answer: Mapping[str, Any]
    reason: str


@command
def ask_correction(
    audit: Audit, given: CorrectionInput, *, version: int | None, actor: Actor
) -> AuditCorrection:
    """Ask that an answer of a published result be corrected; nothing changes before another releases it.

    Raises MoveNotAllowed where it is not published or another correction waits, RecordChanged,
    AnswersInvalid, NotVisible for an indicator that is none, SheetRefused (why: unchanged, or what the score
    refuses).
    """
    held = locked_audit(audit.id, version)
    demand(ASK_CORRECTION, actor, held)
    if held.state is not AuditState.PUBLISHED or _waiting(held.id) is not None:
        raise MoveNotAllowed(state=str(held.state), event="ask_correction")
    score = _public_score(held.id)
    before = score.inputs["answers"].get(given.indicator)
    if before is None:
        raise NotVisible
    after = read_answer(dict(given.answer), _indicator(score, given.indicator)).as_mapping()
    if after == before:
        raise SheetRefused(why="unchanged", indicators=[given.indicator])
    result = corrected_result(score, given.indicator, after)
    row = AuditCorrection(
        audit_id=held.id,
        indicator=given.indicator,
        before=dict(before),
        after=after,
        reason=given.reason,
        asked_by_id=person_of(actor),
        asked_at=now(),
        corrected_id=score.id,
    )
    db.session.add(row)
    touch(held)
    db.session.flush()
    stated = {"correction": row.id, "indicator": row.indicator, "before": before, "after": after}
    totals = {"total": [str(score.total), str(result.total)]}
    record(
        Event.AUDITS_CORRECTION_ASKED, "audit", held.id, actor=actor, reason=given.reason,
        changes={**stated, **totals},
    )  # fmt: skip
    notices.asked(held, row.id, actor=actor)
    return row


@command
def release_correction(audit: Audit, *, version: int | None, actor: Actor) -> AuditScore:
    """Let the corrected score stand in the place of the wrong one, on every page and in comparisons.

    Raises OwnAudit for who asked, MoveNotAllowed where none waits, RecordChanged.
    """
    held = locked_audit(audit.id, version)
    row = _demanded(held, "release_correction")
    if row.asked_by_id == actor.user_id:
        raise OwnAudit
    demand(RELEASE_CORRECTION, actor, held)
    wrong = _public_score(held.id)
    if wrong.id != row.corrected_id:
        raise RecordChanged
    answers = {**wrong.inputs["answers"], row.indicator: dict(row.after)}
    score = keep_score(held.id, ScoreStage.FINAL, {**wrong.inputs, "answers": answers}, actor=actor)
    carry_score(held, score)
    row.state, row.score_id = CorrectionState.RELEASED, score.id
    row.decided_by_id, row.decided_at = actor.user_id, now()
    row.corrected_on = today(held.representative_office.time_zone)
    touch(held)
    db.session.flush()
    stated = {"correction": row.id, "indicator": row.indicator, "score": [wrong.id, score.id]}
    totals = {"total": [str(wrong.total), str(score.total)]}
    record(
        Event.AUDITS_CORRECTED, "audit", held.id, actor=actor, reason=row.reason,
        changes={**stated, **totals},
    )  # fmt: skip
    notices.corrected(held, row.id, actor=actor)
    return score


@command
def drop_correction(audit: Audit, reason: str, *, version: int | None, actor: Actor) -> None:
    """Take the wish back, or turn it down as the head. Raises MoveNotAllowed where none waits, NotAllowed."""
    held = locked_audit(audit.id, version)
    row = _demanded(held, "drop_correction")
    demand(ASK_CORRECTION, actor, held)
    if row.asked_by_id != actor.user_id and not RELEASE_CORRECTION.allows(actor, held):
        raise NotAllowed(policy=RELEASE_CORRECTION.name)
    row.state, row.decision_reason = CorrectionState.DROPPED, reason
    row.decided_by_id, row.decided_at = actor.user_id, now()
    touch(held)
    stated = {"correction": row.id, "indicator": row.indicator}
    record(
        Event.AUDITS_CORRECTION_DROPPED, "audit", held.id, actor=actor, reason=reason, changes=stated
    )  # fmt: skip


def corrected_result(score: AuditScore, indicator: str, after: Mapping[str, Any]) -> Result:
    """Count a kept score with another answer. Raises SheetRefused (errors)."""
    answers = {**score.inputs["answers"], indicator: dict(after)}
    try:
        return result_of({**score.inputs, "answers": answers})
    except refusals.SheetRefused as refused:
        raise SheetRefused(why=refused.code, indicators=[indicator]) from refused


def _public_score(audit_id: int) -> AuditScore:
    score = latest_score(audit_id, ScoreStage.FINAL)
    if score is None:
        raise NotVisible
    return score


def _demanded(held: Audit, event: str) -> AuditCorrection:
    row = _waiting(held.id)
    if row is None:
        raise MoveNotAllowed(state=str(held.state), event=event)
    return row


def _waiting(audit_id: int) -> AuditCorrection | None:
    return db.session.scalar(
        select(AuditCorrection)
        .where(AuditCorrection.audit_id == audit_id, AuditCorrection.state == CorrectionState.ASKED)
        .execution_options(populate_existing=True)
    )


def _indicator(score: AuditScore, name: str) -> Any:
    return read_definition(score.inputs["definition"]).by_id[name]
