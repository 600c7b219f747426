"""A paper before it has a number: written, changed, approved by a second person, thrown away."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from ombudsman_app.core.changing import demand, locked
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import MoveNotAllowed, NotAllowed, NotVisible
from ombudsman_app.core.jobs.outbox import enqueue
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.documents import notices
from ombudsman_app.documents.errors import SecondPersonNeeded
from ombudsman_app.documents.kinds import document_kind
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.policies import ISSUE, WRITE, is_second_person, may_return
from ombudsman_app.documents.states import DOCUMENT, PREVIEW, DocumentState


def locked_document(document: Document, version: int | None = None) -> Document:
    """Return the paper as it stands now, locked until the commit, with its office. 1 statement.

    Raises RecordChanged if it is another version than the page showed (DI2).
    """
    return locked(Document, document.id, Document.office, version=version)


@command
def write_draft(
    kind_name: str, folder: UUID, *, subject: str, answers: Mapping[str, Any], actor: Actor
) -> Document:
    """Begin a paper of a record. Raises NotVisible, NotAllowed."""
    kind = document_kind(kind_name)
    matter = kind.matter(folder)
    if matter is None:
        raise NotVisible
    if not kind.may_write(actor, folder):
        raise NotAllowed(policy=WRITE.name)
    document = Document(
        kind=kind.name,
        folder=folder,
        representative_office_id=matter.representative_office_id,
        subject=subject,
        answers=dict(answers),
        drafted_by_id=actor.user_id,
        drafted_at=now(),
        changed_by_id=actor.user_id,
    )
    db.session.add(document)
    db.session.flush()
    record(Event.DOCUMENTS_DRAFTED, "document", document.id, actor=actor, changes={"kind": kind.name})
    notices.approval_waits(document, actor=actor)
    return document


@command
def change_draft(
    document: Document, *, subject: str, answers: Mapping[str, Any], version: int, actor: Actor
) -> None:
    """Write its words anew; who approved the old ones has not approved these. Raises RecordChanged (DI2)."""
    held = locked_document(document, version)
    demand(WRITE, actor, held)
    is_new_to_approver = (
        held.state is DocumentState.APPROVED
        or bool(held.return_reason)
        or held.changed_by_id != actor.user_id
    )
    held.state = DOCUMENT.after(held.state, "change")
    held.subject, held.answers, held.left_because = subject, dict(answers), ""
    held.changed_by_id, held.approved_by_id, held.approved_at = actor.user_id, None, None
    held.return_reason = ""
    record(Event.DOCUMENTS_CHANGED, "document", held.id, actor=actor)
    if is_new_to_approver:
        notices.approval_is_settled(held)
        notices.approval_waits(held, actor=actor)


@command
def approve(document: Document, *, version: int, actor: Actor) -> None:
    """Say as a second person that it may go out as it stands. Raises SecondPersonNeeded, RecordChanged."""
    held = locked_document(document, version)
    demand(ISSUE, actor, held)
    take_approval(held, actor)


def take_approval(held: Document, actor: Actor) -> None:
    """Write the approval of a locked paper down. Raises SecondPersonNeeded, MoveNotAllowed."""
    if not is_second_person(actor, held):
        raise SecondPersonNeeded
    held.state = DOCUMENT.after(held.state, "approve")
    held.approved_by_id, held.approved_at = actor.user_id, now()
    held.return_reason = ""
    record(Event.DOCUMENTS_APPROVED, "document", held.id, actor=actor)
    notices.approval_is_settled(held)
    notices.approved(held, actor=actor)


@command
def send_back(document: Document, reason: str, *, version: int, actor: Actor) -> None:
    """Say as a second person what must change before it may go; whoever wrote it is told.

    Raises SecondPersonNeeded, also of a kind that asks for none, RecordChanged, MoveNotAllowed.
    """
    held = locked_document(document, version)
    demand(ISSUE, actor, held)
    state = DOCUMENT.after(held.state, "return")
    if not may_return(actor, held):
        raise SecondPersonNeeded
    held.state, held.approved_by_id, held.approved_at = state, None, None
    held.return_reason = reason
    record(Event.DOCUMENTS_RETURNED, "document", held.id, actor=actor, reason=reason)
    notices.approval_is_settled(held)
    notices.returned(held, actor=actor)


@command
def discard(document: Document, *, version: int, actor: Actor) -> None:
    """Throw a draft away. It never had a number, so none is missing."""
    held = locked_document(document, version)
    demand(WRITE, actor, held)
    held.state = DOCUMENT.after(held.state, "discard")
    notices.approval_is_settled(held)
    held.supersedes_id = None  # another may take the place of the earlier letter
    record(Event.DOCUMENTS_DISCARDED, "document", held.id, actor=actor)


@command
def begin_replacement(document: Document, *, actor: Actor) -> Document:
    """Begin a letter that takes the place of one that is out; issued, the earlier one is superseded.

    The words of the earlier one stand in it to be mended. What it told of has happened and does not happen
    again. Raises MoveNotAllowed where it is not out, or something replaces it already.
    """
    held = locked_document(document)
    demand(WRITE, actor, held)
    begun = db.session.scalar(select(Document.id).where(Document.supersedes_id == held.id))
    if held.state is not DocumentState.ISSUED or begun is not None:
        raise MoveNotAllowed(state=str(held.state), event="replace")
    draft = Document(
        kind=held.kind,
        folder=held.folder,
        representative_office_id=held.representative_office_id,
        language=held.language,
        subject=held.subject,
        answers=dict(held.answers),
        drafted_by_id=actor.user_id,
        drafted_at=now(),
        changed_by_id=actor.user_id,
        supersedes_id=held.id,
    )
    db.session.add(draft)
    db.session.flush()
    record(Event.DOCUMENTS_DRAFTED, "document", draft.id, actor=actor, changes={"replaces": held.id})
    notices.approval_waits(draft, actor=actor)
    return draft


@command
def order_preview(document: Document, *, actor: Actor) -> UUID:
    """Have a draft drawn as it would look; return the job. It is kept for whoever asked, for a day."""
    held = locked_document(document)
    demand(WRITE if WRITE.allows(actor, held) else ISSUE, actor, held)
    if held.state not in (DocumentState.DRAFT, DocumentState.APPROVED):
        raise MoveNotAllowed(state=str(held.state), event="preview")
    return enqueue(PREVIEW, actor=actor, arguments={"document": held.id})
