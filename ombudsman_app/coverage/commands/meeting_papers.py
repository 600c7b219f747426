"""Invitation and minutes of a meeting: written here, approved and issued as other papers of the house."""

from sqlalchemy import select, update

from ombudsman_app.core.changing import demand
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import MoveNotAllowed
from ombudsman_app.core.once import is_first_sending
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.coverage import meeting_notices as notices
from ombudsman_app.coverage.meeting_errors import MeetingRefused
from ombudsman_app.coverage.meeting_policies import READ_INVITED, WRITE_PAPER
from ombudsman_app.coverage.meeting_scope import INVITED
from ombudsman_app.coverage.meeting_states import MeetingState
from ombudsman_app.coverage.models import (
    AgendaItem,
    Commitment,
    MeetingBody,
    MinutesReading,
    MonitoringMeeting,
)
from ombudsman_app.documents.commands import write_draft
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.states import DocumentState

from .meetings import locked_meeting, move

INVITATION, MINUTES = "meeting_invitation", "meeting_minutes"  # kinds of papers
_GONE = (DocumentState.DISCARDED, DocumentState.REVOKED, DocumentState.SUPERSEDED)
_STATE_OF = {INVITATION: MeetingState.PLANNED, MINUTES: MeetingState.HELD}


def refuse_unready(held: MonitoringMeeting, kind: str) -> None:
    """Raise what keeps a paper of this kind from being written. ≤ 1 statement.

    MoveNotAllowed; MeetingRefused(why): no_body (nobody to invite), no_result (a point without a word).
    """
    if held.state is not _STATE_OF[kind]:
        raise MoveNotAllowed(state=str(held.state), event=kind)
    if kind == INVITATION:
        body = select(MeetingBody.id).where(MeetingBody.meeting_id == held.id)
        if db.session.scalar(body.limit(1)) is None:
            raise MeetingRefused(why="no_body")
        return
    silent = select(AgendaItem.id).where(AgendaItem.meeting_id == held.id, AgendaItem.result == "")
    if db.session.scalar(silent.limit(1)) is not None:
        raise MeetingRefused(why="no_result")


@command
def write_paper(
    meeting: MonitoringMeeting, kind: str, *, subject: str, words: str, copies: str = "", actor: Actor
) -> Document:
    """Begin the invitation or the minutes. Raises what `refuse_unready` does, NotAllowed;
    MeetingRefused(why): begun, where one is written already.
    """
    held = locked_meeting(meeting.id)
    demand(WRITE_PAPER, actor, held)
    refuse_unready(held, kind)
    begun = select(Document.id).where(
        Document.folder == held.papers_id, Document.kind == kind, Document.state.not_in(_GONE)
    )
    if db.session.scalar(begun.limit(1)) is not None:
        raise MeetingRefused(why="begun")
    answers = {"words": words, "copies": copies}
    return write_draft(kind, held.papers_id, subject=subject, answers=answers, actor=actor)


def invite(meeting_id: int, *, actor: Actor) -> None:
    """Let the invited bodies know, in the transaction that issues the letter. Raises MoveNotAllowed."""
    held = locked_meeting(meeting_id)
    refuse_unready(held, INVITATION)
    move(held, "invite", Event.COVERAGE_MEETING_INVITED, actor=actor)
    _tell_all(held)
    notices.tell_bodies("invited", held, key=str(held.id), actor=actor)


def conclude(meeting_id: int, *, actor: Actor) -> None:
    """Let the bodies read the minutes and what they promised, in the transaction that issues them."""
    held = locked_meeting(meeting_id)
    refuse_unready(held, MINUTES)
    move(held, "minute", Event.COVERAGE_MEETING_MINUTED, actor=actor)
    _tell_all(held)
    db.session.execute(
        update(Commitment)
        .where(Commitment.meeting_id == held.id)
        .values(is_told=True)
        .execution_options(synchronize_session=False)
    )
    notices.tell_bodies("minuted", held, key=str(held.id), actor=actor)


def _tell_all(held: MonitoringMeeting) -> None:
    held.is_told = True
    db.session.execute(
        update(MeetingBody)
        .where(MeetingBody.meeting_id == held.id)
        .values(is_told=True)
        .execution_options(synchronize_session=False)
    )
    db.session.flush()


@command
def acknowledge_minutes(body: MeetingBody, remark: str, *, form_key: str = "", actor: Actor) -> None:
    """Say for a body that it read the minutes, with a remark or without. Sent twice it is said once.

    Raises NotAllowed, FormSentDifferently; MoveNotAllowed before the minutes are issued.
    """
    held = _locked_body(body.id)
    demand(READ_INVITED, actor, held)
    meeting = db.session.get_one(MonitoringMeeting, held.meeting_id)
    if meeting.state is not MeetingState.MINUTED:
        raise MoveNotAllowed(state=str(meeting.state), event="acknowledge")
    if not is_first_sending(form_key, f"minutes:{held.id}:{actor.user_id}", remark):
        return
    said = MinutesReading(
        body_id=held.id, by_id=actor.user_id, at=now(), remark=remark, form_key=form_key or None
    )
    db.session.add(said)
    db.session.flush()
    record(
        Event.COVERAGE_MEETING_MINUTES_READ, INVITED, held.id, actor=actor, changes={"remark": bool(remark)}
    )
    notices.minutes_read(meeting, said.id, has_remark=bool(remark), actor=actor)


def _locked_body(body_id: int) -> MeetingBody:
    return db.session.scalars(
        select(MeetingBody)
        .where(MeetingBody.id == body_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
