"""Messages between office and reporter on /lacak, and notes of the office. Both are stored sealed."""

from collections.abc import Collection
from uuid import uuid4

from sqlalchemy import select, update

from ombudsman_app.complaints import notices
from ombudsman_app.complaints.errors import ComplaintClosed
from ombudsman_app.complaints.models import (
    Complaint,
    ComplaintMessage,
    ComplaintNote,
    Notice,
    sealed_text,
)
from ombudsman_app.complaints.policies import ANSWER, NOTE
from ombudsman_app.core.changing import demand, touch
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db, write_aside
from ombudsman_app.core.policy import STRANGER, Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import close_chain, record

from .moving import locked_case
from .said_once import is_new


@command
def write_to_reporter(
    case: Complaint, text: str, *, form_key: str, actor: Actor, seen: int | None = None
) -> None:
    """Put a message on the page of the reporter. Sent twice it is there once (DI4).

    `seen` is the id of the last message on the officer's page: what the reporter wrote behind it still
    waits for an answer; None: all of it was seen. Raises ComplaintClosed, NotAllowed, FormSentDifferently.
    """
    held = locked_case(case)
    demand(ANSWER, actor, held)
    if not is_new(
        ComplaintMessage,
        ComplaintMessage.complaint_id,
        held.id,
        author_id=actor.user_id,
        text=text,
        form_key=form_key,
    ):
        return
    if not held.is_open:
        raise ComplaintClosed
    _post(held, text=text, author_id=actor.user_id, actor=actor)
    held.awaits_answer = _wrote_behind(held, seen)


@command
def write_to_office(case: Complaint, text: str, *, form_key: str) -> None:
    """Take in a message from whoever holds ticket and code. Raises ComplaintClosed, FormSentDifferently."""
    held = locked_case(case)
    if not is_new(
        ComplaintMessage, ComplaintMessage.complaint_id, held.id, author_id=None, text=text, form_key=form_key
    ):
        return
    if not held.is_open:
        raise ComplaintClosed
    _post(held, text=text, author_id=None, actor=STRANGER)
    held.awaits_answer = True


@command
def settle_message(case: Complaint, *, actor: Actor, seen: int | None = None) -> None:
    """Say that what the reporter wrote, up to the message `seen`, needs no answer."""
    held = locked_case(case)
    demand(ANSWER, actor, held)
    if held.awaits_answer and not _wrote_behind(held, seen):
        held.awaits_answer = False
        touch(held)
        record(Event.COMPLAINTS_MESSAGE_SETTLED, "complaint", held.id, actor=actor)


def _wrote_behind(held: Complaint, seen: int | None) -> bool:
    """Return whether the reporter wrote what the officer's page did not show yet. ≤ 1 statement."""
    if seen is None:
        return False
    behind = select(ComplaintMessage.id).where(
        ComplaintMessage.complaint_id == held.id,
        ComplaintMessage.author_id.is_(None),
        ComplaintMessage.id > seen,
    )
    return db.session.scalar(behind.limit(1)) is not None


def post_notice(held: Complaint, notice: Notice, *, actor: Actor) -> None:
    """Put a message of fixed words on the page of the reporter, inside the command that causes it."""
    _post(held, notice=notice, author_id=actor.user_id, actor=actor)


def post_from_reporter(held: Complaint, text: str) -> None:
    """Put what the reporter wrote with an act on the page, inside the command of the act."""
    _post(held, text=text, author_id=None, actor=STRANGER)


def _post(
    held: Complaint, *, text: str = "", notice: Notice | None = None, author_id: int | None, actor: Actor
) -> None:
    key = uuid4()
    message = ComplaintMessage(
        uuid=key,
        complaint_id=held.id,
        author_id=author_id,
        notice=notice,
        sealed=sealed_text(ComplaintMessage, key, text) if text else None,
        sent_at=now(),
    )
    db.session.add(message)
    db.session.flush()
    touch(held)
    record(
        Event.COMPLAINTS_MESSAGE_SENT,
        "complaint",
        held.id,
        actor=actor,
        changes={"message": message.id, "notice": notice},
    )
    if author_id is None:
        notices.reporter_wrote(held, message.id)
    else:
        notices.news_for_reporter(held, f"message:{message.id}")


def note_messages_read(complaint_id: int, shown: Collection[int]) -> None:
    """Write down that who holds the code has opened these messages: that proves receipt (design.md §12).

    Belongs to a reading request, like the access log: a short transaction of its own. ≤ 5 statements.
    """
    db.release()
    with write_aside() as aside:
        opened = aside.scalars(
            update(ComplaintMessage)
            .where(
                ComplaintMessage.complaint_id == complaint_id,
                ComplaintMessage.id.in_(shown),
                ComplaintMessage.read_at.is_(None),
            )
            .values(read_at=now())
            .returning(ComplaintMessage.id)
            .execution_options(synchronize_session=False)
        ).all()
        if opened:
            record(
                Event.COMPLAINTS_MESSAGE_READ,
                "complaint",
                complaint_id,
                actor=STRANGER,
                changes={"messages": sorted(opened)},
                session=aside,
            )
            close_chain(aside)


@command
def write_note(case: Complaint, text: str, *, form_key: str, actor: Actor) -> None:
    """Keep a note on the case for the office alone. Sent twice it is there once (DI4)."""
    held = locked_case(case)
    demand(NOTE, actor, held)
    if not is_new(
        ComplaintNote,
        ComplaintNote.complaint_id,
        held.id,
        author_id=actor.user_id,
        text=text,
        form_key=form_key,
    ):
        return
    key = uuid4()
    note = ComplaintNote(
        uuid=key,
        complaint_id=held.id,
        author_id=actor.user_id,
        sealed=sealed_text(ComplaintNote, key, text),
        written_at=now(),
    )
    db.session.add(note)
    db.session.flush()
    record(Event.COMPLAINTS_NOTED, "complaint", held.id, actor=actor, changes={"note": note.id})
