"""A paper goes to its addressee, and something proves that it arrived (design.md §12, Proof of receipt)."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from ombudsman_app.attachments.models import Attachment, AttachmentState
from ombudsman_app.core.changing import demand
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import MoveNotAllowed
from ombudsman_app.core.policy import STRANGER, Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.documents.errors import NotDelivered
from ombudsman_app.documents.kinds import document_kind
from ombudsman_app.documents.models import Delivery, Document
from ombudsman_app.documents.policies import HANDLE
from ombudsman_app.documents.states import PROOFS_OF, Channel, DocumentState, Proof

from .drafting import locked_document

_OPENED_THERE = frozenset({Channel.FOLLOW, Channel.PORTAL})  # nobody notes by hand that a paper went there
_NOON = time(12)  # a day without an hour: within working hours, so that it counts as that day


@dataclass(frozen=True)
class SendInput:
    """How it goes out. `sent_on`: the day on which the post or a messenger took it."""

    channel: Channel
    addressee: str
    sent_on: date
    reference: str = ""


@dataclass(frozen=True)
class ProofInput:
    """What proves receipt. `file` is a file of the same record."""

    proof: Proof
    delivered_on: date
    file: UUID | None = None
    note: str = ""


@command
def send(document: Document, given: SendInput, *, actor: Actor) -> Delivery:
    """Note that it went out. Raises NotDelivered("before_issue" or "in_future"), MoveNotAllowed."""
    held = locked_document(document)
    demand(HANDLE, actor, held)
    if not held.is_out:
        raise MoveNotAllowed(state=str(held.state), event="send")
    _refuse_day(held, given.sent_on)
    if given.addressee not in document_kind(held.kind).addressees or given.channel in _OPENED_THERE:
        raise NotDelivered(why="channel")
    delivery = Delivery(
        document_id=held.id,
        addressee=given.addressee,
        channel=given.channel,
        reference=given.reference,
        sent_at=_instant(held, given.sent_on),
        sent_by_id=actor.user_id,
    )
    db.session.add(delivery)
    db.session.flush()
    record(
        Event.DOCUMENTS_SENT,
        "document",
        held.id,
        actor=actor,
        changes={"delivery": delivery.id, "channel": given.channel, "on": given.sent_on.isoformat()},
    )
    return delivery


@command
def prove(delivery: Delivery, given: ProofInput, *, actor: Actor) -> None:
    """Keep the proof of receipt; what waits for it starts to run, from the day of receipt.

    A day that has passed needs a file: the clock that starts then is shorter already. Raises
    NotDelivered(why), MoveNotAllowed where there is a proof already.
    """
    held = locked_document(db.session.get_one(Document, delivery.document_id))
    demand(HANDLE, actor, held)
    way = db.session.get_one(Delivery, delivery.id, populate_existing=True)
    if way.proof is not None or not held.is_out:
        raise MoveNotAllowed(state=str(held.state), event="prove")
    if given.proof not in PROOFS_OF[way.channel]:
        raise NotDelivered(why="proof")
    _refuse_day(held, given.delivered_on)
    if given.delivered_on < way.sent_at.astimezone(ZoneInfo(held.office.time_zone)).date():
        raise NotDelivered(why="before_sent")
    file = _file_of(held, given.file)
    if file is None and given.delivered_on < today(held.office.time_zone):
        raise NotDelivered(why="file_needed")
    _arrive(held, way, given.proof, _instant(held, given.delivered_on), actor)
    way.proof_file_id, way.proof_note = file.id if file else None, given.note


@command
def open_paper(document: Document) -> None:
    """Note that who holds ticket and code opened it: that proves receipt. Again changes nothing."""
    held = locked_document(document)
    way = db.session.scalar(
        select(Delivery)
        .where(Delivery.document_id == held.id, Delivery.channel == Channel.FOLLOW)
        .execution_options(populate_existing=True)
    )
    if way is None or way.proof is not None or not held.is_out:
        return
    _arrive(held, way, Proof.OPENED, now(), STRANGER)


@command
def open_addressed(document: Document, *, actor: Actor, note: str = "") -> None:
    """Note that an officer of the office it is addressed to opened it in the portal: that proves receipt.

    Whether it is addressed to them asks the domain that calls; `note`: who opened it without account. Opened
    again, or where another proof was recorded before, nothing changes. Raises MoveNotAllowed for a paper
    that stands no more.
    """
    held = locked_document(document)
    if held.state is not DocumentState.ISSUED:
        raise MoveNotAllowed(state=str(held.state), event="open")
    proven = select(Delivery.id).where(Delivery.document_id == held.id, Delivery.proof.is_not(None)).limit(1)
    if db.session.scalar(proven) is not None:
        return
    way = Delivery(
        document_id=held.id,
        addressee=document_kind(held.kind).addressees[0],
        channel=Channel.PORTAL,
        sent_at=held.sealed_at or now(),
    )
    db.session.add(way)
    db.session.flush()
    _arrive(held, way, Proof.OPENED, now(), actor)
    way.proof_note = note


def _arrive(held: Document, way: Delivery, proof: Proof, at: datetime, actor: Actor) -> None:
    """Only the first proven receipt of an addressee starts something: later ones are kept beside it."""
    proven = select(Delivery.id).where(
        Delivery.document_id == held.id,
        Delivery.addressee == way.addressee,
        Delivery.proof.is_not(None),
    )
    is_first = db.session.scalar(proven.limit(1)) is None
    way.proof, way.delivered_at = proof, at
    way.delivered_on = at.astimezone(ZoneInfo(held.office.time_zone)).date()
    way.recorded_by_id, way.recorded_at = actor.user_id, now()
    held.unproven_since = None
    record(
        Event.DOCUMENTS_DELIVERED,
        "document",
        held.id,
        actor=actor,
        changes={"delivery": way.id, "proof": proof, "on": way.delivered_on.isoformat(), "first": is_first},
    )
    if is_first:
        document_kind(held.kind).delivered(held, way, actor)


def _refuse_day(held: Document, day: date) -> None:
    if held.issued_on is None or day < held.issued_on:
        raise NotDelivered(why="before_issue")
    if day > today(held.office.time_zone):
        raise NotDelivered(why="in_future")


def _instant(held: Document, day: date) -> datetime:
    """Return now for today, else noon of that day where the office is."""
    if day == today(held.office.time_zone):
        return now()
    return datetime.combine(day, _NOON, ZoneInfo(held.office.time_zone))


def _file_of(held: Document, uuid: UUID | None) -> Attachment | None:
    if uuid is None:
        return None
    found = db.session.scalar(
        select(Attachment).where(
            Attachment.uuid == uuid,
            Attachment.folder == held.folder,
            Attachment.state != AttachmentState.REMOVED,
        )
    )
    if found is None:
        raise NotDelivered(why="file")
    return found
