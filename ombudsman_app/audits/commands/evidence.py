"""Evidence for single answers: files, words, addresses. What is taken back stays and does not count."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from ombudsman_app.attachments.models import Attachment, AttachmentState
from ombudsman_app.audits.errors import EvidenceRefused
from ombudsman_app.audits.models import Audit, AuditSheet, SheetAnswer, SheetEvidence
from ombudsman_app.audits.policies import FILL
from ombudsman_app.audits.queries.definitions import definition_of
from ombudsman_app.audits.scoring.definition import Indicator
from ombudsman_app.audits.scoring.evidence_kinds import file_kinds, word_kinds
from ombudsman_app.audits.scoring.private_numbers import holds_private_number
from ombudsman_app.core.changing import demand
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import FormSentDifferently, MoveNotAllowed, NotVisible
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record

from .sheets import locked_answer, refuse_closed


@dataclass(frozen=True)
class EvidenceInput:
    """Words as evidence: a note of an interview or of what was seen, or an address. `key`: of the form."""

    kind: str
    text: str
    key: str
    counter_id: int | None = None


@command
def add_evidence(place: SheetAnswer, given: EvidenceInput, *, actor: Actor) -> SheetEvidence:
    """Keep words as evidence for an indicator; the same key again is the same item (DI4).

    Raises SheetClosed, EvidenceRefused where the indicator does not take this kind, or for the number of
    a person.
    """
    held = locked_answer(place.id)
    demand(FILL, actor, held)
    refuse_closed(held.sheet)
    if known := _known(held, given.key):
        if (known.indicator, known.kind, known.text) != (held.indicator, given.kind, given.text):
            raise FormSentDifferently
        return known
    if given.kind not in word_kinds(_indicator(held)):
        raise EvidenceRefused(why="kind")
    if holds_private_number(given.text):
        raise EvidenceRefused(why="private_number")
    return _add(held, given.kind, given.key, actor=actor, text=given.text, counter_id=given.counter_id)


@command
def sort_file(place: SheetAnswer, file: UUID, *, actor: Actor) -> SheetEvidence:
    """Make a file of the sheet evidence for an indicator: one that was not sorted yet.

    Raises NotVisible for a file of another sheet, EvidenceRefused where the indicator takes no files.
    """
    held = locked_answer(place.id)
    demand(FILL, actor, held)
    refuse_closed(held.sheet)
    found = db.session.scalar(
        select(Attachment).where(
            Attachment.uuid == file,
            Attachment.folder == held.sheet.evidence_id,
            Attachment.state != AttachmentState.REMOVED,
        )
    )
    if found is None:
        raise NotVisible
    kinds = file_kinds(_indicator(held))
    if not kinds:
        raise EvidenceRefused(why="kind")
    kind = kinds[0].value
    key = f"{held.indicator}-{file.hex}"
    if (known := _known(held, key)) is None:
        return _add(held, kind, key, actor=actor, file=file)
    if known.removed_at is not None:  # taken back before, wanted again
        known.removed_at, known.kind = None, kind
        record(
            Event.AUDITS_EVIDENCE_ADDED,
            "audit_sheet",
            held.sheet_id,
            actor=actor,
            changes={"indicator": held.indicator, "evidence": known.id},
        )
    return known


def file_arrived(folder: UUID, actor: Actor) -> None:
    """Make what arrived in the folder of an answer its evidence, inside the command that stored the file.

    What arrives after the submission stays a file and proves nothing.
    """
    place = db.session.scalar(
        select(SheetAnswer)
        .join(SheetAnswer.sheet)  # by name: PostgreSQL locks what stands in FROM, no alias of it
        .where(SheetAnswer.folder_id == folder)
        .options(
            contains_eager(SheetAnswer.sheet)
            .joinedload(AuditSheet.audit, innerjoin=True)
            .joinedload(Audit.instrument_version, innerjoin=True)
        )
        .with_for_update(of=(SheetAnswer, AuditSheet))
    )
    if place is None or place.sheet.submitted_at is not None:
        return
    linked = select(SheetEvidence.attachment_id).where(
        SheetEvidence.sheet_id == place.sheet_id, SheetEvidence.attachment_id.is_not(None)
    )
    fresh = select(Attachment.uuid).where(Attachment.folder == folder, Attachment.uuid.not_in(linked))
    kinds = file_kinds(_indicator(place))
    for uuid in db.session.scalars(fresh):
        if kinds:
            _add(place, kinds[0].value, f"file-{uuid.hex}", actor=actor, file=uuid)


@command
def name_evidence(item: SheetEvidence, kind: str, *, actor: Actor) -> SheetEvidence:
    """Say what a file is: a photo, the copy of a document, a certificate.

    Raises EvidenceRefused, MoveNotAllowed where the file was taken back.
    """
    held = _locked_item(item, actor)
    if item.removed_at is not None:
        raise MoveNotAllowed(state="removed", event="name_evidence")
    if item.attachment_id is None or kind not in file_kinds(_indicator(held)):
        raise EvidenceRefused(why="kind")
    if item.kind != kind:
        item.kind = kind
        stated = {"indicator": item.indicator, "evidence": item.id, "kind": kind}
        record(Event.AUDITS_EVIDENCE_NAMED, "audit_sheet", item.sheet_id, actor=actor, changes=stated)
    return item


@command
def remove_evidence(item: SheetEvidence, *, actor: Actor) -> SheetEvidence:
    """Take an item back: it stays on the sheet's record and counts no more. Raises SheetClosed."""
    _locked_item(item, actor)
    if item.removed_at is None:
        item.removed_at = now()
        stated = {"indicator": item.indicator, "evidence": item.id}
        record(Event.AUDITS_EVIDENCE_REMOVED, "audit_sheet", item.sheet_id, actor=actor, changes=stated)
    return item


def _locked_item(item: SheetEvidence, actor: Actor) -> SheetAnswer:
    """Lock the answer that an item belongs to, and the item with it. 2 statements."""
    place = select(SheetAnswer.id).where(
        SheetAnswer.sheet_id == item.sheet_id, SheetAnswer.indicator == item.indicator
    )
    held = locked_answer(db.session.scalars(place).one())
    demand(FILL, actor, held)
    refuse_closed(held.sheet)
    db.session.refresh(item, ["removed_at", "kind"])
    return held


def _indicator(held: SheetAnswer) -> Indicator:
    return definition_of(held.sheet.audit.instrument_version).by_id[held.indicator]


def _known(held: SheetAnswer, key: str) -> SheetEvidence | None:
    return db.session.scalar(
        select(SheetEvidence).where(SheetEvidence.sheet_id == held.sheet_id, SheetEvidence.key == key)
    )


def _add(
    held: SheetAnswer,
    kind: str,
    key: str,
    *,
    actor: Actor,
    text: str = "",
    counter_id: int | None = None,
    file: UUID | None = None,
) -> SheetEvidence:
    item = SheetEvidence(
        sheet_id=held.sheet_id,
        key=key,
        indicator=held.indicator,
        kind=kind,
        text=text,
        attachment_id=file,
        counter_id=counter_id,
        added_by_id=actor.user_id,
        added_at=now(),
    )
    db.session.add(item)
    db.session.flush()
    stated = {"indicator": held.indicator, "evidence": item.id, "kind": kind}
    record(Event.AUDITS_EVIDENCE_ADDED, "audit_sheet", held.sheet_id, actor=actor, changes=stated)
    return item
