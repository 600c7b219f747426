"""Letting somebody see a file: opened piece by piece, so that a broken seal is found before the end (FI7)."""

from collections.abc import Iterator

from sqlalchemy import insert

from ombudsman_app.attachments.models import Attachment, AttachmentEvent, FileAct
from ombudsman_app.attachments.queries import place_of
from ombudsman_app.attachments.store import LocalStore, store
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db, write_aside
from ombudsman_app.core.errors import NotVisible
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.sealed_files import unsealed
from ombudsman_app.core.sealing import RecordKey, open_record_key
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import close_chain, record

from .arriving import ORIGINAL, stored_name


def opened_bytes(found: Attachment, part: str) -> Iterator[bytes]:
    """Yield the bytes of one part. Raises NotVisible at once where it is not there, SealBroken on the way."""
    name = stored_name(found.uuid, part)
    if found.wrapped_key is None or not store().exists(name):
        raise NotVisible
    key = open_record_key(found.wrapped_key, place=place_of(found.uuid))
    place = place_of(found.uuid) if part == ORIGINAL else f"{place_of(found.uuid)}.{part}"
    return _pieces(store(), name, key, place)


def _pieces(kept: LocalStore, name: str, key: RecordKey, place: str) -> Iterator[bytes]:
    """Open the file when the first piece is asked for: an answer that nobody reads leaves nothing open."""
    with kept.open(name) as file:
        yield from unsealed(file, key, place=place)


@command
def note_original(found: Attachment, *, actor: Actor, reason: str) -> None:
    """Write down who opened an original and why, before it leaves."""
    db.session.add(
        AttachmentEvent(
            attachment_id=found.id,
            act=FileAct.ORIGINAL_OPENED,
            at=now(),
            actor_id=actor.user_id,
            reason=reason,
        )
    )
    record(Event.ATTACHMENTS_ORIGINAL_OPENED, "attachment", found.id, actor=actor, reason=reason)


def note_download(found: Attachment, *, actor: Actor) -> None:
    """Write down that a cleaned copy left, beside a request that only reads. 5 statements."""
    file_id = found.id  # what is released is read anew, which the transaction aside would wait for
    db.release()
    with write_aside() as aside:
        line = {"attachment_id": file_id, "act": FileAct.OPENED, "at": now(), "actor_id": actor.user_id}
        aside.execute(insert(AttachmentEvent).values(line | {"reason": ""}))
        record(Event.ATTACHMENTS_OPENED, "attachment", file_id, actor=actor, session=aside)
        close_chain(aside)
