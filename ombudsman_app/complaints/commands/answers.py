"""Taking in what a respondent answers, whichever door it came through."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import func, select

from ombudsman_app.complaints import notices
from ombudsman_app.complaints.errors import AnswerRefused, ComplaintClosed
from ombudsman_app.complaints.models import (
    ClarificationAnswer,
    Complaint,
    ComplaintClock,
    sealed_text,
)
from ombudsman_app.complaints.policies import FILE_ANSWER
from ombudsman_app.complaints.states import (
    ANSWER_CLOCKS,
    REQUESTS,
    AnswerChannel,
    clock,
    request_waited_for,
)
from ombudsman_app.core.changing import demand, touch
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.once import is_first_sending
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.core.workflow.deadlines import days_late
from ombudsman_app.documents.models import Delivery, Document
from ombudsman_app.documents.states import DocumentState

from .clocks import keep_next_due
from .moving import locked_case


@dataclass(frozen=True)
class ClarificationInput:
    """What a respondent sends in. `received_on`: the day on which it reached our office."""

    text: str
    received_on: date
    channel: AnswerChannel
    reference: str = ""  # number of the office's own letter
    form_key: str = ""
    signed_by: str = ""  # who answers without account: name and position
    signed_as: str = ""


@dataclass(frozen=True)
class _Asked:
    """A request that went out, and the day from which it can be answered."""

    document_id: int
    kind: str
    since: date  # of its proven receipt, else of its issue
    until: date | None = None  # when the next letter of its kind came


@command
def file_answer(
    case: Complaint, given: ClarificationInput, *, actor: Actor, version: int | None = None
) -> ClarificationAnswer | None:
    """Keep an answer beside the request that it answers; its lateness is counted now and stays for ever.

    As long as the case is open what comes is filed, late or not, also where the right to answer has lapsed.
    It ends the time to answer; the examiner judges it. None: the same form was sent before (DI4). Raises
    AnswerRefused(why), ComplaintClosed, RecordChanged, NotAllowed.
    """
    held = locked_case(case, version)
    demand(FILE_ANSWER, actor, held)
    body = f"{given.received_on.isoformat()}\0{given.channel}\0{given.reference}\0{given.text}"
    if not is_first_sending(given.form_key, f"answer.{held.id}.{actor.user_id}", body):
        return None
    if not held.is_open:
        raise ComplaintClosed
    return keep_answer(held, given, actor=actor)


def keep_answer(
    held: Complaint,
    given: ClarificationInput,
    *,
    request_id: int | None = None,
    files_id: UUID | None = None,
    actor: Actor,
) -> ClarificationAnswer:
    """Keep an answer on a locked open case: beside the letter it names, else beside the latest that had come.

    `files_id`: the folder in which its files lie already. Raises AnswerRefused(why).
    """
    asked = _answered_request(held, given.received_on, request_id)
    clocks = db.session.scalars(
        select(ComplaintClock).where(
            ComplaintClock.complaint_id == held.id,
            ComplaintClock.clock.in_([clock(name).id for name in ANSWER_CLOCKS]),
        )
    ).all()
    due_on = _due_on(asked, clocks)
    answer = _kept(held, asked, given, due_on=due_on, files_id=files_id, actor=actor)
    for one in clocks:
        if one.ended_on is None:
            one.ended_on, one.proposed_due_on = max(given.received_on, one.start_on), None
    held.is_answered = held.is_answered or request_waited_for(held.state) is not None
    touch(held)
    db.session.flush()
    keep_next_due([held.id])
    record(
        Event.COMPLAINTS_ANSWER_FILED,
        "complaint",
        held.id,
        actor=actor,
        changes={
            "answer": answer.id,
            "document": asked.document_id,
            "received_on": answer.received_on.isoformat(),
            "due_on": due_on.isoformat() if due_on else None,
            "days_late": answer.days_late,
        },
    )
    notices.respondent_answered(held, answer.id, actor=actor)
    return answer


def _kept(
    held: Complaint,
    asked: _Asked,
    given: ClarificationInput,
    *,
    due_on: date | None,
    files_id: UUID | None,
    actor: Actor,
) -> ClarificationAnswer:
    key = uuid4()
    answer = ClarificationAnswer(
        uuid=key,
        files_id=files_id or uuid4(),
        complaint_id=held.id,
        request_id=asked.document_id,
        office_id=held.office_id,
        channel=given.channel,
        reference=given.reference,
        sealed=sealed_text(ClarificationAnswer, key, given.text),
        received_on=given.received_on,
        due_on=due_on,
        days_late=days_late(due_on, given.received_on) if due_on else 0,
        filed_at=now(),
        filed_by_id=actor.user_id,
        signed_by=given.signed_by,
        signed_as=given.signed_as,
    )
    db.session.add(answer)
    db.session.flush()
    return answer


def _answered_request(held: Complaint, received_on: date, request_id: int | None) -> _Asked:
    """Return the request that is named, else the latest that had arrived by that day.

    Nobody answers what has not come yet.
    """
    if received_on > today(held.representative_office.time_zone):
        raise AnswerRefused(why="in_future")
    requests = _requests_of(held)
    if not requests:
        raise AnswerRefused(why="not_asked")
    named = [one for one in requests if request_id in (None, one.document_id)]
    found = [one for one in named if one.since <= received_on]
    if not found:
        raise AnswerRefused(why="before_receipt")
    return found[-1]


def _requests_of(held: Complaint) -> list[_Asked]:
    arrived = select(func.min(Delivery.delivered_on)).where(Delivery.document_id == Document.id)
    rows = db.session.execute(
        select(Document.id, Document.kind, func.coalesce(arrived.scalar_subquery(), Document.issued_on))
        .where(
            Document.folder == held.files_id,
            Document.kind.in_(REQUESTS),
            Document.number.is_not(None),
            Document.state != DocumentState.REVOKED,
        )
        .order_by(Document.id)
    )
    found = [_Asked(number, kind, since) for number, kind, since in rows if since is not None]
    later: dict[str, date | None] = dict.fromkeys(REQUESTS)  # of each kind, when the one behind came
    for place, one in reversed(list(enumerate(found))):
        found[place], later[one.kind] = replace(one, until=later[one.kind]), one.since
    return found


def _due_on(asked: _Asked, clocks: Sequence[ComplaintClock]) -> date | None:
    """Return the last day of the time that ran for this letter; what a later letter started heals nothing.

    That time ran when the letter came, or was the first to begin after it. None: no time ran.
    """
    wanted = clock(REQUESTS[asked.kind].clock).id
    own = sorted((one for one in clocks if one.clock == wanted), key=lambda one: (one.start_on, one.id))
    ran = [one for one in own if one.start_on <= asked.since <= (one.ended_on or asked.since)]
    began = [one for one in own if asked.since < one.start_on <= (asked.until or one.start_on)]
    found = ran[-1] if ran else next(iter(began), None)
    return (found.late_from or found.due_on) if found else None
