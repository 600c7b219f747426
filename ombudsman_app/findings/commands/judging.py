"""Another officer judges an answer: enough, not enough (back, with reasons), done."""

from dataclasses import dataclass

from sqlalchemy import select

from ombudsman_app.core.changing import demand
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import MoveNotAllowed
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.findings import notices
from ombudsman_app.findings.errors import OwnWork
from ombudsman_app.findings.models import Finding, FindingEntry, Judgement
from ombudsman_app.findings.origins import refuse_author, refuse_names
from ombudsman_app.findings.policies import JUDGE
from ombudsman_app.findings.states import EVENT_OF, FINDING, Verdict

from .answering import finish_measures
from .moving import locked_finding, move


@dataclass(frozen=True)
class JudgementInput:
    """What is said to the answer, and why."""

    verdict: Verdict
    reason: str


@command
def judge_answer(finding: Finding, given: JudgementInput, *, version: int, actor: Actor) -> Judgement:
    """Judge the latest answer or report. Of two who judge at once, the second is told.

    Raises OwnWork for whoever wrote finding or answer, or a part of the report behind it; RecordChanged,
    MoveNotAllowed where nothing waits, NamesReporter.
    """
    held = locked_finding(finding.id, version)
    answer = _latest_answer(held)
    if held.is_written_by(actor.user_id) or (answer and answer.said_by_id == actor.user_id):
        raise OwnWork
    demand(JUDGE, actor, held)
    event = EVENT_OF[given.verdict]
    if event not in FINDING.open_events(held.state) or answer is None:
        raise MoveNotAllowed(state=str(held.state), event=event)
    refuse_author(held.origin, held.id, actor=actor)
    refuse_names(held.origin, held.id, {"reason": given.reason}, actor=actor)
    judgement = Judgement(
        finding_id=held.id,
        round=held.round,
        said_by_id=actor.user_id,
        said_at=now(),
        text=given.reason,
        verdict=given.verdict,
        answer_id=answer.id,
        answer_by_id=answer.said_by_id,
        finding_by_id=held.made_by_id,
    )
    db.session.add(judgement)
    move(
        held,
        event,
        note=Event.FINDINGS_JUDGED,
        actor=actor,
        changes={"verdict": given.verdict.value, "answer": answer.id},
    )
    if given.verdict is Verdict.NOT_ENOUGH:  # a new round: the time to answer again waits for its receipt
        held.round, held.is_received = held.round + 1, False
    elif given.verdict is Verdict.DONE:
        finish_measures(held)
        held.is_open, held.done_on = False, today(held.representative_office.time_zone)
    db.session.flush()
    notices.judged(held, actor=actor)
    return judgement


def _latest_answer(held: Finding) -> FindingEntry | None:
    return db.session.scalar(
        select(FindingEntry)
        .where(FindingEntry.finding_id == held.id, FindingEntry.kind.in_(("response", "progress")))
        .order_by(FindingEntry.id.desc())
        .limit(1)
    )
