"""Out of quarantine: what a child that reads foreign files says, and what it made to be shown (FI4, FI6)."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from sqlalchemy import select

from ombudsman_app.attachments.models import Attachment, AttachmentEvent, AttachmentState, FileAct
from ombudsman_app.attachments.queries import name_of, place_of
from ombudsman_app.attachments.store import store
from ombudsman_app.core.children import AWAY, FULL, ChildFailed, ask
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import NotVisible
from ombudsman_app.core.faults import crash_point
from ombudsman_app.core.jobs.outbox import enqueue
from ombudsman_app.core.jobs.registry import ATTEMPTS
from ombudsman_app.core.jobs.words import N_
from ombudsman_app.core.jobs.work import Work
from ombudsman_app.core.policy import STRANGER
from ombudsman_app.core.sealed_files import unsealed, write_sealed
from ombudsman_app.core.sealing import RecordKey, open_record_key
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record

from .arriving import ORIGINAL, stored_name

CLEANED, PREVIEW, THUMB = "1", "2", "3"
_SECONDS = 60.0
_WRITTEN = (("cleaned", CLEANED), ("preview", PREVIEW), ("thumb", THUMB))


def check_file(attachment_id: int, work: Work) -> None:
    """Have a file examined, store its cleaned copy and pictures, then say whether it is ready.

    May run twice: what is written replaces what was. Raises ChildFailed("away") or ("full") to be tried again
    later; a file at which the child breaks each time is refused as unreadable.
    """
    found = db.session.scalar(select(Attachment).where(Attachment.id == attachment_id))
    db.release()
    if found is None or found.wrapped_key is None:
        raise NotVisible
    if found.state is not AttachmentState.QUARANTINED:
        return
    key, place = open_record_key(found.wrapped_key, place=place_of(found.uuid)), place_of(found.uuid)
    work.progress(N_("Looking into the file"))
    with ExitStack() as stack:
        body, *outs = (stack.enter_context(_memory(name)) for name in ("body", "cleaned", "preview", "thumb"))
        _fill(body, found, key)
        try:
            answer, _none = ask(
                "parse", "examine", {"given_name": name_of(found)}, body, into=outs, seconds=_SECONDS
            )
        except ChildFailed as failed:
            if failed.code in (AWAY, FULL) or work.attempts < ATTEMPTS:
                raise
            answer = {"verdict": "refused", "reason": "unreadable"}
        work.progress(N_("Storing what may be shown"))
        sizes = _store(found, key, place, answer, outs)
    crash_point("check.stored")
    _say(attachment_id, answer, sizes, work)


@contextmanager
def _memory(name: str) -> Iterator[int]:
    """Open a file that exists in memory alone, so that nothing unsealed touches the disk."""
    opened = os.memfd_create(name, os.MFD_CLOEXEC)
    try:
        yield opened
    finally:
        os.close(opened)


def _fill(body: int, found: Attachment, key: RecordKey) -> None:
    with store().open(stored_name(found.uuid, ORIGINAL)) as file:
        for piece in unsealed(file, key, place=place_of(found.uuid)):
            left = memoryview(piece)
            while left:
                left = left[os.write(body, left) :]
    os.lseek(body, 0, os.SEEK_SET)


def _store(
    found: Attachment, key: RecordKey, place: str, answer: dict[str, Any], outs: list[int]
) -> dict[str, int]:
    """Seal what the child made into the store; return the size of each."""
    sizes: dict[str, int] = {}
    if answer.get("verdict") != "ok":
        return sizes
    for (word, part), opened in zip(_WRITTEN, outs, strict=True):
        if answer.get(word) is True:
            with store().writing(stored_name(found.uuid, part)) as file:
                reading = os.fdopen(os.dup(opened), "rb")
                with reading:
                    sizes[word], _digest = write_sealed(reading.read, file, key, place=f"{place}.{part}")
    return sizes


@command
def _say(attachment_id: int, answer: dict[str, Any], sizes: dict[str, int], work: Work) -> None:
    """Write the verdict down while this attempt holds the job (JQ3)."""
    work.hold()
    found = db.session.scalars(
        select(Attachment)
        .where(Attachment.id == attachment_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    if found.state is not AttachmentState.QUARANTINED:
        return  # removed in the meantime, or done by another attempt
    is_ready = answer.get("verdict") == "ok" and "cleaned" in sizes
    found.state = AttachmentState.READY if is_ready else AttachmentState.REFUSED
    found.reason = "" if is_ready else str(answer.get("reason") or "unreadable")[:40]
    found.media_type = str(answer.get("type") or "")[:40]
    found.cleaned_bytes = sizes.get("cleaned")
    found.has_preview = "preview" in sizes and "thumb" in sizes
    found.checked_at = now()
    act = FileAct.CHECKED if is_ready else FileAct.REFUSED
    db.session.add(
        AttachmentEvent(attachment_id=found.id, act=act, at=now(), actor_id=None, reason=found.reason)
    )
    record(
        Event.ATTACHMENTS_CHECKED,
        "attachment",
        found.id,
        actor=STRANGER,
        changes={"state": found.state, "reason": found.reason, "type": found.media_type},
    )
    work.finish(file=found.id)


@command
def check_again() -> int:
    """Ask again for files that still wait because nobody could look into them; return how many."""
    waiting = db.session.scalars(
        select(Attachment.id).where(Attachment.state == AttachmentState.QUARANTINED).limit(500)
    ).all()
    for file_id in waiting:
        enqueue("attachments.check", actor=STRANGER, arguments={"file": file_id}, once=str(file_id))
    return len(waiting)
