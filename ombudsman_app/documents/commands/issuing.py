"""From an approved draft to bytes that prove themselves.

Two steps, so that a crash between them leaves nothing half done. `issue` is the act: number, frozen words and
the move of the case, in one transaction. Then a job draws, signs and stores; it may run as often as it must,
and only the attempt that writes its result down counts. A number is never lost: its paper is made for sure.
"""

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import force_locale
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ombudsman_app.core.changing import demand
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import MoveNotAllowed, NotVisible
from ombudsman_app.core.faults import crash_point
from ombudsman_app.core.jobs.outbox import enqueue
from ombudsman_app.core.jobs.work import Work
from ombudsman_app.core.numbers import next_number
from ombudsman_app.core.policy import STRANGER, Actor
from ombudsman_app.core.sealing import new_record_key, random_crockford
from ombudsman_app.core.signatures import refuse_unready, sign_record
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.directory.models import RepresentativeOffice
from ombudsman_app.documents.archive import place_of, put_away
from ombudsman_app.documents.freezing import frozen, signer_of
from ombudsman_app.documents.kinds import Matter, document_kind
from ombudsman_app.documents.models import Delivery, Document
from ombudsman_app.documents.policies import ISSUE, waits_for_second_person
from ombudsman_app.documents.queries.letters import About, receipts
from ombudsman_app.documents.records import canonical
from ombudsman_app.documents.states import DOCUMENT, MAKE, Channel, DocumentState, number_in_words

from .drafting import locked_document, take_approval

CODE_LETTERS = 26  # 130 random bits


@command
def issue(document: Document, *, version: int, actor: Actor, maker: UUID | None = None) -> None:
    """Let a paper go: it gets its number and day, and what it tells of happens.

    Where its kind asks for a second person, whoever issues it is one, or somebody approved it before.
    `maker`: the job that makes its pages too; None: one of its own is asked for.
    Raises SecondPersonNeeded, SigningNotPossible, RecordChanged, and what the kind refuses; nothing has
    happened then, and no number is used up.
    """
    held = locked_document(document, version)
    demand(ISSUE, actor, held)
    if waits_for_second_person(held):
        take_approval(held, actor)
    held.issued_by_id = actor.user_id
    _let_go(held, actor, maker)


@command
def issue_at_once(
    kind_name: str,
    folder: UUID,
    *,
    subject: str,
    answers: Mapping[str, Any] | None = None,
    language: str = "id",
    supersedes: Document | None = None,
    actor: Actor = STRANGER,
) -> Document:
    """Issue a paper that the house writes itself: a receipt, or what belongs to an act of this person.

    `supersedes`: an earlier one that is out, in whose place it stands. Whoever acts is its second person.
    Raises NotVisible, SigningNotPossible.
    """
    kind = document_kind(kind_name)
    matter = kind.matter(folder)
    if matter is None:
        raise NotVisible
    held = Document(
        kind=kind.name,
        folder=folder,
        representative_office_id=matter.representative_office_id,
        subject=subject,
        answers=dict(answers or {}),
        language=language,
        drafted_at=now(),
        state=DocumentState.DRAFT,
        issued_by_id=actor.user_id,
        supersedes_id=supersedes.id if supersedes else None,
    )
    db.session.add(held)
    db.session.flush()
    if kind.rule.second_person:
        take_approval(held, actor)
    db.session.flush()
    _let_go(locked_document(held), actor)
    return held


def _let_go(held: Document, actor: Actor, maker: UUID | None = None) -> None:
    kind = document_kind(held.kind)
    matter = kind.matter(held.folder)
    if matter is None:
        raise NotVisible
    refuse_unready()
    held.state = DOCUMENT.after(held.state, "issue")
    if held.supersedes_id is None:  # what a replaced letter told of has happened already
        kind.issued(held, actor)  # it refuses before a number is drawn: others wait less long for the counter
    _number(held, matter, today(held.office.time_zone))
    held.code = random_crockford(CODE_LETTERS)
    with force_locale(held.language):
        letter = kind.content(held)
        _load_office(held)  # last: what the kind reads may load the office without its region
        held.content = frozen(held, letter, signer=signer_of(actor))
    held.left_because = ""
    held.job_uuid = maker or enqueue(MAKE, actor=actor, arguments={"document": held.id}, once=str(held.id))
    if kind.rule.needs_proof:
        held.unproven_since = held.issued_on
    for addressee in kind.addressees if kind.is_for_reporter else ():
        db.session.add(
            Delivery(
                document_id=held.id,
                addressee=addressee,
                channel=Channel.FOLLOW,
                sent_at=now(),
                sent_by_id=actor.user_id,
            )
        )
    record(
        Event.DOCUMENTS_ISSUED,
        "document",
        held.id,
        actor=actor,
        changes={"kind": held.kind, "number": held.number},
    )


def content_of_draft(document: Document, actor: Actor) -> dict[str, Any]:
    """Return what a draft would show if this person issued it now; without number, code and day."""
    with force_locale(document.language):
        letter = document_kind(document.kind).content(document)
        _load_office(document)
        return frozen(document, letter, signer=signer_of(actor))


def _load_office(held: Document) -> None:
    """Load what the letterhead shows of the office. 1 statement."""
    db.session.scalars(
        select(RepresentativeOffice)
        .where(RepresentativeOffice.id == held.representative_office_id)
        .options(joinedload(RepresentativeOffice.institution), joinedload(RepresentativeOffice.region))
        .execution_options(populate_existing=True)
    ).one()


def _number(held: Document, matter: Matter, day: date) -> None:
    """Draw the number: without gap for office, year and kind (DI6). 1 statement."""
    held.sequence = next_number(f"document:{held.kind}", held.representative_office_id, day.year)
    held.year, held.issued_on = day.year, day
    held.number = number_in_words(
        held.sequence,
        held.kind,
        year=day.year,
        month=day.month,
        office_code=held.office.code,
        case_reference=matter.case_reference,
    )


def to_be_made(document_id: int) -> Document | None:
    """Return a paper that waits for its pages; None where they are there. 1 statement."""
    found = db.session.scalar(
        select(Document)
        .where(Document.id == document_id, Document.state == DocumentState.BEING_MADE)
        .options(joinedload(Document.office, innerjoin=True))
    )
    if found is not None:
        db.session.expunge_all()
    db.release()
    return found


def keep_pages(document: Document, content: bytes, pages: int, work: Work, *, is_last: bool = True) -> None:
    """Store the signed bytes, then the row that names and proves them (FI7, RP3). Raises LeaseLost.

    `is_last`: the job ends with it, in the same transaction.
    """
    key, wrapped = new_record_key(place=place_of(document.uuid))
    name = put_away(content, key, uuid=document.uuid)
    crash_point("documents.make.stored")
    _write_down(
        document,
        work,
        stored_name=name,
        wrapped_key=wrapped,
        pages=pages,
        size_bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        is_last=is_last,
    )


@command
def _write_down(document: Document, work: Work, *, is_last: bool, **proof: Any) -> None:
    work.hold()
    held = locked_document(document)
    if held.state is not DocumentState.BEING_MADE:
        return  # another attempt was faster; its bytes count
    for name, value in proof.items():
        setattr(held, name, value)
    held.sealed_at = now()
    signature = sign_record(canonical(held))
    held.signing_key_id, held.signature = signature.key_id, signature.value
    held.state = DOCUMENT.after(held.state, "seal")
    if held.supersedes_id is not None:
        _supersede(held.supersedes_id, held.issued_on)
    document_kind(held.kind).sealed(held)
    record(
        Event.DOCUMENTS_SEALED,
        "document",
        held.id,
        actor=STRANGER,
        changes={"number": held.number, "sha256": held.sha256},
    )
    if is_last:
        work.finish(document=held.id)


def _supersede(document_id: int, day: date | None) -> None:
    earlier = locked_document(db.session.get_one(Document, document_id))
    if earlier.state is DocumentState.ISSUED:
        earlier.state = DOCUMENT.after(earlier.state, "supersede")
        earlier.superseded_on, earlier.unproven_since = day, None  # the newer letter is to arrive
        record(Event.DOCUMENTS_SUPERSEDED, "document", earlier.id, actor=STRANGER)


@command
def make_again(document: Document, *, actor: Actor) -> UUID:
    """Ask once more for the pages of a paper whose job gave up. Raises MoveNotAllowed."""
    held = locked_document(document)
    demand(ISSUE, actor, held)
    if held.state is not DocumentState.BEING_MADE:
        raise MoveNotAllowed(state=str(held.state), event="make")
    return make_once_more(held, actor)


@command
def make_on_demand(kind: str, folder: UUID, *, subject: str, about: About | None = None) -> None:
    """Have a receipt made, once: asked again, nothing happens. The caller holds a lock on its record.

    `about`: the piece of the record that it names. Raises SigningNotPossible.
    """
    before = db.session.scalar(receipts(folder, kind, about).limit(1))
    if before is None:
        issue_at_once(kind, folder, subject=subject, answers=dict([about]) if about else None)
    elif before.state is DocumentState.BEING_MADE:
        make_once_more(before)


@command
def make_once_more(document: Document, actor: Actor = STRANGER) -> UUID:
    """Ask for the pages of a paper that has its number; while a job for it lives, that one stays."""
    job = enqueue(MAKE, actor=actor, arguments={"document": document.id}, once=str(document.id))
    document.job_uuid = job
    return job
