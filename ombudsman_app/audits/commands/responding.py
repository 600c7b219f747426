"""The office says what it thinks of each indicator of the draft. What it says is taken while it is open."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from ombudsman_app.attachments.models import Attachment, AttachmentState
from ombudsman_app.audits import draft_notices as notices
from ombudsman_app.audits.models import Audit, AuditResponse
from ombudsman_app.audits.policies import RESPOND
from ombudsman_app.audits.queries.drafts import ACKNOWLEDGEMENT, last_said, shown_score
from ombudsman_app.audits.states import AuditState, Stance
from ombudsman_app.core.changing import demand, touch
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import FormSentDifferently, MoveNotAllowed, NotVisible, RecordChanged
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.core.workflow.deadlines import days_late
from ombudsman_app.documents.commands import make_on_demand

from .receiving import end_clock, locked_draft


@dataclass(frozen=True)
class ResponseInput:
    """What an office says to one indicator. `files`: those of its folder that show it."""

    indicator: str
    stance: Stance
    text: str
    files: Sequence[UUID] = ()
    form_key: str = ""


@command
def respond(audit: Audit, given: ResponseInput, *, seen: int | None = None, actor: Actor) -> AuditResponse:
    """Keep what the office says; said again it is a row of its own, and the latest counts.

    `seen`: the id of the last thing that the page showed of this indicator, 0 for none. What is late is kept
    and marked for ever. Raises MoveNotAllowed once the audit is final, or before receipt is proven;
    RecordChanged where a colleague was faster; NotVisible for no indicator of the draft.
    """
    held = locked_draft(audit.id)
    demand(RESPOND, actor, held)
    if said := _said_before(held, given):
        return said
    if held.state is not AuditState.DRAFT_SENT or held.received_on is None:
        raise MoveNotAllowed(state=str(held.state), event="respond")
    score = shown_score(held)
    if score is None or given.indicator not in score.inputs["answers"]:
        raise NotVisible
    last = last_said(held.id, given.indicator)
    if seen is not None and (last.id if last else 0) != seen:
        raise RecordChanged
    response = AuditResponse(
        audit_id=held.id,
        indicator=given.indicator,
        stance=given.stance,
        text=given.text,
        said_by_id=actor.user_id,
        said_at=now(),
        days_late=lateness(held),
        form_key=given.form_key or None,
        file_ids=_own_files(held, given.files),
    )
    db.session.add(response)
    touch(held)
    db.session.flush()
    changes = {"response": response.id, "indicator": given.indicator, "stance": given.stance.value}
    changes["days_late"] = response.days_late
    record(Event.AUDITS_RESPONDED, "audit", held.id, actor=actor, changes=changes)
    if held.answered_on is not None:
        notices.said_more(held, response.id, actor=actor)
    return response


@command
def finish_responding(audit: Audit, *, actor: Actor) -> None:
    """The office says that it has answered: its time ends; more may come while the audit is not final.

    Said again it changes nothing. Raises MoveNotAllowed once the audit is final, or before receipt is proven.
    """
    held = locked_draft(audit.id)
    demand(RESPOND, actor, held)
    if held.answered_on is not None:
        return
    if held.state is not AuditState.DRAFT_SENT or held.received_on is None:
        raise MoveNotAllowed(state=str(held.state), event="finish_responding")
    held.answered_on = today(held.representative_office.time_zone)
    held.days_late = lateness(held)
    end_clock(held, on=held.answered_on)
    touch(held)
    db.session.flush()
    changes = {"answered_on": held.answered_on.isoformat(), "days_late": held.days_late}
    record(Event.AUDITS_RESPONSES_SENT, "audit", held.id, actor=actor, changes=changes)
    notices.answered(held, actor=actor)


@command
def acknowledge_responses(audit: Audit, *, actor: Actor) -> None:
    """Have the acknowledgement of what the office sent made, once; asked again, nothing happens.

    Raises NotVisible before the office said that it has answered, SigningNotPossible, NotAllowed.
    """
    held = locked_draft(audit.id)
    demand(RESPOND, actor, held)
    if held.answered_on is None:
        raise NotVisible
    subject = f"Tanda terima tanggapan atas hasil sementara audit {held.reference}"
    make_on_demand(ACKNOWLEDGEMENT, held.papers_id, subject=subject, about=("audit", held.id))


def lateness(held: Audit) -> int:
    """Count the calendar days after the last day, today; 0: in time."""
    day = today(held.representative_office.time_zone)
    return days_late(held.answer_due_on, day) if held.answer_due_on else 0


def _said_before(held: Audit, given: ResponseInput) -> AuditResponse | None:
    """Return what the same form said before. Raises FormSentDifferently where it says otherwise now (DI4)."""
    if not given.form_key:
        return None
    said = db.session.scalar(
        select(AuditResponse).where(
            AuditResponse.audit_id == held.id, AuditResponse.form_key == given.form_key
        )
    )
    if said is None:
        return None
    if (said.indicator, said.stance, said.text) != (given.indicator, given.stance, given.text):
        raise FormSentDifferently
    return said


def _own_files(held: Audit, named: Sequence[UUID]) -> list[str]:
    """Return those of the named files that lie in the folder of the office. ≤ 1 statement."""
    if not named:
        return []
    found = db.session.scalars(
        select(Attachment.uuid)
        .where(
            Attachment.folder == held.answers_id,
            Attachment.uuid.in_(named),
            Attachment.state != AttachmentState.REMOVED,
        )
        .order_by(Attachment.id)
    )
    return [str(one) for one in found]
