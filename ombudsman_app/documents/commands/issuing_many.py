"""Letting the approved letters of an office go, one after the other, in one job that can stop and go on."""

from uuid import UUID

from sqlalchemy import select, update

from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import MoveNotAllowed, NotAllowed, RuleBroken
from ombudsman_app.core.jobs import claiming
from ombudsman_app.core.jobs.models import LIVING, Job
from ombudsman_app.core.jobs.outbox import enqueue
from ombudsman_app.core.policy import STRANGER, Actor
from ombudsman_app.core.signatures import SigningNotPossible, refuse_unready
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.policies import ISSUERS_OF_MANY
from ombudsman_app.documents.queries.batches import last_ready
from ombudsman_app.documents.states import ISSUE_ALL, DocumentState

from .drafting import locked_document
from .issuing import issue, make_once_more

_AT_ONCE = 100


@command
def order_all(office_id: int, kind: str = "", *, actor: Actor) -> UUID:
    """Ask for the approved letters of an office, of one kind if it is named, to be issued; return the job.

    Asked again while one runs for this office, it gives that one. Raises NotAllowed, SigningNotPossible, and
    MoveNotAllowed where no letter waits.
    """
    demand_head(office_id, actor)
    refuse_unready()
    last = last_ready(office_id, kind)
    if not last:
        raise MoveNotAllowed(state="none", event="issue")
    wanted: dict[str, str | int] = {"office": office_id, "kind": kind, "last": last}
    ordered = enqueue(ISSUE_ALL, actor=actor, arguments=wanted, once=str(office_id))
    record(Event.DOCUMENTS_BATCH_ORDERED, "representative_office", office_id, actor=actor, changes=wanted)
    return ordered


def demand_head(office_id: int, actor: Actor) -> None:
    """Ask for the right to issue many at once. Raises NotAllowed."""
    if office_id not in actor.offices_as(*ISSUERS_OF_MANY):
        raise NotAllowed(policy="documents.issue_all")


@command
def stop_batch(job: Job, *, actor: Actor) -> None:
    """Stop a batch after the letter it works on. Raises MoveNotAllowed when it has ended."""
    if job.state not in LIVING or not claiming.cancel(job.uuid):
        raise MoveNotAllowed(state=str(job.state), event="cancel")
    record(Event.CORE_JOB_CANCELLED, "job", job.id, actor=actor, changes={"kind": job.kind})


def issue_next(document_id: int, *, job: UUID, actor: Actor) -> bool:
    """Issue one letter of a batch if it still can be; return whether it was left.

    One that is refused, because its case went another way in between, says so and holds up no other.
    Raises SigningNotPossible: that concerns them all.
    """
    found = db.session.get(Document, document_id)
    if found is None or found.state is not DocumentState.APPROVED:
        return False
    try:
        issue(found, version=found.version, maker=job, actor=actor)
    except SigningNotPossible:
        raise
    except RuleBroken as refused:
        _leave(document_id, refused.code, actor)
        return True
    return False


@command
def _leave(document_id: int, because: str, actor: Actor) -> None:
    """Write down why a letter was left; who has it open just now need not learn of a new version."""
    left = update(Document).where(Document.id == document_id, Document.state == DocumentState.APPROVED)
    db.session.execute(left.values(left_because=because).execution_options(synchronize_session=False))
    record(Event.DOCUMENTS_LEFT, "document", document_id, actor=actor, changes={"because": because})


@command
def make_apart(document_id: int) -> None:
    """Give a letter that cannot be drawn a job of its own, which says why: the others of a batch go on."""
    held = locked_document(db.session.get_one(Document, document_id))
    if held.state is DocumentState.BEING_MADE:
        make_once_more(held)


@command
def make_forgotten() -> int:
    """Ask again for pages that no job makes any more; return how many. Some at a time."""
    lives = select(Job.id).where(Job.uuid == Document.job_uuid, Job.state.in_(LIVING)).exists()
    forgotten = select(Document).where(Document.state == DocumentState.BEING_MADE, ~lives)
    found = db.session.scalars(forgotten.order_by(Document.id).limit(_AT_ONCE)).all()
    for document in found:
        make_once_more(document, STRANGER)
    return len(found)
