"""Another person than who did the audit reads it, remarks, changes with a reason, gives back or lets pass."""

from sqlalchemy import select

from ombudsman_app.audits import notices, turn_notices
from ombudsman_app.audits.models import AnswerChange, Audit, AuditScore, ReviewRemark, SheetAnswer
from ombudsman_app.audits.policies import REVIEW
from ombudsman_app.audits.queries.definitions import definition_of
from ombudsman_app.audits.states import AUDIT, Cause, ScoreStage
from ombudsman_app.core.changing import compare_version, demand, touch
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import NotVisible
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record

from .moving import locked_audit, move
from .scoring import keep_score
from .sheets import AnswerInput, locked_answer, person_of, write_answer
from .submitting import counting_sheet, inputs_of


@command
def remark(audit: Audit, indicator: str, text: str, *, key: str, actor: Actor) -> None:
    """Say something to one indicator; the same form again says it once. Raises NotVisible, MoveNotAllowed."""
    held = _held(audit, None, actor)
    if indicator not in definition_of(held.instrument_version).by_id:
        raise NotVisible
    said = select(ReviewRemark.id).where(ReviewRemark.audit_id == held.id, ReviewRemark.key == key)
    if db.session.scalar(said) is not None:
        return
    db.session.add(
        ReviewRemark(
            audit_id=held.id, indicator=indicator, text=text, key=key, by_id=person_of(actor), at=now()
        )
    )
    record(Event.AUDITS_REMARKED, "audit", held.id, actor=actor, changes={"indicator": indicator})


@command
def change_answer(
    audit: Audit, indicator: str, given: AnswerInput, *, reason: str, version: int, actor: Actor
) -> SheetAnswer:
    """Change an answer of the sheet that counts: before, after and why stay for ever.

    `version`: of the answer that the page showed. Raises RecordChanged, AnswersInvalid, NotVisible.
    """
    held = _held(audit, None, actor)
    sheet = counting_sheet(held)
    found = db.session.scalar(
        select(SheetAnswer.id).where(SheetAnswer.sheet_id == sheet.id, SheetAnswer.indicator == indicator)
    )
    if found is None:
        raise NotVisible
    place = locked_answer(found)
    compare_version(place, version)
    before = place.as_given(0) or {}
    write_answer(place, given, actor=actor)
    place.reason = reason
    after = place.as_given(0) or {}
    db.session.add(
        AnswerChange(
            audit_id=held.id,
            indicator=indicator,
            before=before,
            after=after,
            cause=Cause.REVIEW,
            reason=reason,
            by_id=person_of(actor),
            at=now(),
        )
    )
    stated = {"indicator": indicator, "cause": Cause.REVIEW.value}
    record(Event.AUDITS_ANSWER_CHANGED, "audit", held.id, actor=actor, reason=reason, changes=stated)
    return place


@command
def give_back(audit: Audit, reason: str, *, version: int, actor: Actor) -> None:
    """Give the audit back to the team: the sheet that counts opens again.

    Of a blind audit that is the agreed one: the two were written without each other and stay as they were.
    """
    held = _held(audit, version, actor)
    sheet = counting_sheet(held)
    sheet.submitted_at = None
    touch(sheet)
    move(held, "give_back", actor=actor, reason=reason)
    notices.given_back(held, actor=actor)


@command
def review(audit: Audit, *, version: int, actor: Actor) -> AuditScore:
    """Let the audit pass: the score for the draft is counted from the sheet as it is. Raises SheetRefused."""
    held = _held(audit, version, actor)
    sheet = counting_sheet(held)
    score = keep_score(held.id, ScoreStage.DRAFT, inputs_of(held, sheet), actor=actor)
    held.reviewed_by_id, held.reviewed_at = actor.user_id, now()
    move(held, "review", actor=actor, changes={"score": score.id})
    turn_notices.reviewed(held, actor=actor)
    return score


def _held(audit: Audit, version: int | None, actor: Actor) -> Audit:
    """Lock an audit that waits for review. Raises MoveNotAllowed, NotAllowed for who worked on it (AZ10)."""
    held = locked_audit(audit.id, version)
    db.session.refresh(held, ["round", "instrument_version", "scheme"])
    demand(REVIEW, actor, held)
    AUDIT.after(held.state, "review")
    return held
