"""How a file arrives: in pieces, each safely there before it is acknowledged; whole, exactly once."""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import IO, Any, Protocol
from uuid import UUID, uuid4

from sqlalchemy import delete, func, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from werkzeug.exceptions import ClientDisconnected

from ombudsman_app.attachments.errors import FileRefused, OffsetDiffers, UploadBusy, UploadGone
from ombudsman_app.attachments.models import Attachment, AttachmentEvent, AttachmentState, FileAct, Upload
from ombudsman_app.attachments.names import kept_name
from ombudsman_app.attachments.owners import Folder, OwnerKind, owner_kind
from ombudsman_app.attachments.queries import place_of
from ombudsman_app.attachments.states import most_bytes
from ombudsman_app.attachments.store import arrivals, store
from ombudsman_app.core import limits
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.durable import is_full, write_all
from ombudsman_app.core.faults import crash_point
from ombudsman_app.core.jobs.outbox import enqueue
from ombudsman_app.core.logs import logger
from ombudsman_app.core.policy import STRANGER, Actor
from ombudsman_app.core.sealed_files import PIECE_BYTES, frame, unsealed
from ombudsman_app.core.sealing import RecordKey, SealBroken, hmac_hex, new_record_key, open_record_key
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record

from .quota import quota

LASTS = timedelta(hours=24)
ORIGINAL = "0"  # the end of a name in the store; 1: cleaned copy, 2: preview, 3: thumbnail


class Readable(Protocol):
    """A stream of a request or of a form."""

    def read(self, size: int = -1, /) -> bytes: ...


def stored_name(uuid: UUID, part: str) -> str:
    """Return under which name a part of a file lies in the store."""
    return f"{uuid.hex}{part}"


@contextmanager
def _refused_when_full(reason: str) -> Iterator[None]:
    """Say it readably where the disk has no room: what came before stays, and goes on when there is some."""
    try:
        yield
    except OSError as failed:
        if not is_full(failed):
            raise
        raise FileRefused(reason) from None


def begin_upload(folder: Folder, given_name: str, length: int, *, key: str = "") -> Upload:
    """Promise to take a file of this length. The same key again gives the same upload, and costs no quota.

    Raises FileRefused when it is of no kind that is taken, too large, one too many or too much for a day, or
    where nothing is taken any more. ≤ 8 statements.
    """
    name = kept_name(given_name)
    most = most_bytes(name)
    if most is None:
        raise FileRefused("unknown_type")
    if length <= 0:
        raise FileRefused("empty")
    if length > most:
        raise FileRefused("too_big")
    key_hash = hmac_hex(f"{folder.id}\0{key}\0{length}", purpose="upload") if key else None
    known = _known(key_hash)
    if known is not None:
        return known
    with quota(folder, length):
        return _promise(folder, name, length, key_hash)


@command
def _promise(folder: Folder, name: str, length: int, key_hash: str | None) -> Upload:
    _refuse_closed(folder.kind, folder.id)
    if key_hash is not None:  # one whose day is over and that nobody has swept yet
        over = delete(Upload).where(Upload.key_hash == key_hash, Upload.expires_at <= now())
        db.session.execute(over.execution_options(synchronize_session=False))
    _refuse_without_room(folder, length)
    uuid = uuid4()
    place = place_of(uuid)
    record_key, wrapped = new_record_key(place=place)
    row = {
        "uuid": uuid,
        "key_hash": key_hash,
        "folder": folder.id,
        "owner_type": folder.kind.name,
        "sealed_name": record_key.seal(name, place=f"{place}.name"),
        "wrapped_key": wrapped,
        "length": length,
        "offset": 0,
        "pieces": 0,
        "stored_bytes": 0,
        "added_by_id": folder.actor.user_id,
        "expires_at": now() + LASTS,
    }
    dialect: Any = sqlite if db.engine.dialect.name == "sqlite" else postgresql
    adding = dialect.insert(Upload).values(row).on_conflict_do_nothing(index_elements=["key_hash"])
    made = db.session.scalar(adding.returning(Upload))
    return made or _known(key_hash) or _gone()


def _gone() -> Upload:
    raise UploadGone


def _known(key_hash: str | None) -> Upload | None:
    if key_hash is None:
        return None
    return db.session.scalar(select(Upload).where(Upload.key_hash == key_hash, Upload.expires_at > now()))


def _refuse_closed(kind: OwnerKind | None, folder: UUID) -> None:
    if kind is not None and not kind.takes(folder):
        raise FileRefused("closed")


@_refused_when_full("no_room")
def _refuse_without_room(folder: Folder, length: int) -> None:
    """Raise FileRefused when the folder or the disk is full. What is still arriving counts (FI3)."""
    if store().free_bytes() - length < limits.FREE_BYTES_LEAST:
        raise FileRefused("no_room")
    if db.engine.dialect.name == "postgresql":  # two creations at once count each other
        lock = text("select pg_advisory_xact_lock(:key)")
        db.session.execute(lock, {"key": folder.id.int % (1 << 62)})
    there = db.session.execute(
        select(func.count(), func.coalesce(func.sum(Attachment.size_bytes), 0)).where(
            Attachment.folder == folder.id, Attachment.state != AttachmentState.REMOVED
        )
    ).one()
    coming = db.session.execute(
        select(func.count(), func.coalesce(func.sum(Upload.length), 0)).where(
            Upload.folder == folder.id, Upload.attachment_id.is_(None), Upload.expires_at > now()
        )
    ).one()
    if int(there[0]) + int(coming[0]) >= folder.most_files:
        raise FileRefused("too_many")
    if int(there[1]) + int(coming[1]) + length > folder.most_bytes:
        raise FileRefused("too_much")


@_refused_when_full("no_room")
def append_piece(upload: Upload, offset: int, stream: Readable) -> int:
    """Take in what the stream holds, from this offset on; return how far the file has come.

    Each piece is on the disk, then in the row, before the next is read: a cut or a crash loses the piece that
    was on its way alone. Raises OffsetDiffers, UploadBusy, UploadGone, FileRefused("longer") when there is
    more than was promised, ("no_room") where the disk is full, ("closed") where nothing is taken any more.
    """
    upload_id, uuid = upload.id, upload.uuid
    before = _reread(upload_id)
    _refuse_other_place(before, offset)
    if before.is_whole:
        return offset
    _refuse_closed(owner_kind(before.owner_type), before.folder)
    db.release()
    with _alone_with(uuid, is_new=offset == 0) as file:
        current = _reread(upload_id)  # nobody else sends from here on
        _refuse_other_place(current, offset)
        if os.fstat(file.fileno()).st_size < current.stored_bytes:
            raise UploadGone  # the disk lost what the row promises
        key = open_record_key(current.wrapped_key, place=place_of(current.uuid))
        file.truncate(current.stored_bytes)
        file.seek(current.stored_bytes)
        while True:
            piece = _read(stream, min(PIECE_BYTES, current.length - current.offset + 1))
            if not piece:
                return current.offset
            if current.offset + len(piece) > current.length:
                raise FileRefused("longer")
            _store_piece(file, key, current, piece)
            current = _advance(current, len(piece), file.tell())


def _refuse_other_place(current: Upload, offset: int) -> None:
    if current.offset != offset:
        raise OffsetDiffers


def _read(stream: Readable, size: int) -> bytes:
    try:
        return stream.read(size)
    except (ClientDisconnected, OSError):
        return b""  # the line was cut; what came so far is kept


def _store_piece(file: IO[bytes], key: RecordKey, current: Upload, piece: bytes) -> None:
    write_all(file, frame(key, piece, place=place_of(current.uuid), number=current.pieces))
    crash_point("upload.written")
    os.fsync(file.fileno())
    crash_point("upload.synced")


@contextmanager
def _alone_with(uuid: UUID, *, is_new: bool = False) -> Iterator[IO[bytes]]:
    """Open the arriving file for one sender; the kernel frees it if this process dies.

    Made only at the beginning: an empty one in the place of one that has moved on would be taken for it.
    """
    path = _arriving(uuid)
    try:
        opened = os.open(path, os.O_RDWR | (os.O_CREAT if is_new else 0), 0o600)
    except FileNotFoundError:
        raise UploadGone from None
    with os.fdopen(
        opened, "r+b", buffering=0
    ) as file:  # no buffer that would be written once more at the end
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UploadBusy from None
        yield file


def _arriving(uuid: UUID) -> Path:
    return arrivals() / uuid.hex


def reread_upload(upload: Upload) -> Upload:
    """Return an upload as it stands by now, apart from the session. Raises UploadGone."""
    return _reread(upload.id)


@command
def end_upload(upload: Upload) -> None:
    """Forget a file that is still arriving; its bytes are removed as nobody's. A finished one stays."""
    ended = delete(Upload).where(Upload.id == upload.id, Upload.attachment_id.is_(None))
    db.session.execute(ended.execution_options(synchronize_session=False))


def _reread(upload_id: int) -> Upload:
    db.release()
    found = db.session.scalar(
        select(Upload).where(Upload.id == upload_id).execution_options(populate_existing=True)
    )
    if found is None:
        raise UploadGone
    # Apart from the session: else the next look at it would begin a transaction that stays open while a
    # phone sends, and on SQLite nobody else could write.
    db.session.expunge(found)
    db.release()
    return found


@command
def _advance(current: Upload, size: int, stored_bytes: int) -> Upload:
    """Note that a piece is safely there."""
    moved = db.session.execute(
        update(Upload)
        .where(Upload.id == current.id, Upload.offset == current.offset)
        .values(offset=current.offset + size, pieces=current.pieces + 1, stored_bytes=stored_bytes)
        .returning(Upload)
        .execution_options(populate_existing=True)
    ).scalar_one_or_none()
    if moved is None:
        raise OffsetDiffers
    db.session.expunge(moved)
    return moved


def finish_upload(upload: Upload) -> UUID:
    """Make a file of an upload that is whole; again is the same file. Return its id.

    The sealed file is closed, moved into the store and read once for its SHA-256 before the row is written.
    Raises FileRefused("later") where the store is full: what has arrived stays, and is put away later.
    """
    with _refused_when_full("later"):
        _put_away(upload)
    return upload.uuid


def _put_away(upload: Upload) -> None:
    if upload.attachment_id is None:
        _close(upload)
        with store().open(stored_name(upload.uuid, ORIGINAL)) as file:
            digest = _digest(file, upload)
        _become_attachment(upload.id, digest)


def _close(upload: Upload) -> None:
    """End the sealed file and give it its place. What was done before a crash is found done.

    What lies in its place already is never written over.
    """
    path, name = _arriving(upload.uuid), stored_name(upload.uuid, ORIGINAL)
    if not store().exists(name):
        with _alone_with(upload.uuid) as file:
            if os.fstat(file.fileno()).st_size < upload.stored_bytes:
                raise UploadGone
            key = open_record_key(upload.wrapped_key, place=place_of(upload.uuid))
            file.truncate(upload.stored_bytes)
            file.seek(upload.stored_bytes)
            last = frame(key, b"", place=place_of(upload.uuid), number=upload.pieces, is_last=True)
            write_all(file, last)
            os.fsync(file.fileno())
            crash_point("upload.closed")
            store().adopt(path, name)
    crash_point("upload.adopted")


def _digest(file: IO[bytes], upload: Upload) -> str:
    key, digest, size = open_record_key(upload.wrapped_key, place=place_of(upload.uuid)), hashlib.sha256(), 0
    for piece in unsealed(file, key, place=place_of(upload.uuid)):
        digest.update(piece)
        size += len(piece)
    if size != upload.length:
        raise UploadGone
    return digest.hexdigest()


@command
def _become_attachment(upload_id: int, sha256: str) -> None:
    """Write the row, its first line of custody and the wish to have it checked, in one transaction."""
    upload = db.session.scalars(
        select(Upload)
        .where(Upload.id == upload_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    if upload.attachment_id is not None:
        return
    instant = now()
    made = Attachment(
        uuid=upload.uuid,
        folder=upload.folder,
        sealed_name=upload.sealed_name,
        wrapped_key=upload.wrapped_key,
        size_bytes=upload.length,
        sha256=sha256,
        state=AttachmentState.QUARANTINED,
        added_by_id=upload.added_by_id,
        added_at=instant,
    )
    db.session.add(made)
    db.session.flush()
    upload.attachment_id = made.id
    actor = Actor(user_id=upload.added_by_id) if upload.added_by_id else STRANGER
    db.session.add(
        AttachmentEvent(attachment_id=made.id, act=FileAct.RECEIVED, at=instant, actor_id=upload.added_by_id)
    )
    enqueue("attachments.check", actor=STRANGER, arguments={"file": made.id}, once=str(made.id))
    record(
        Event.ATTACHMENTS_RECEIVED,
        "attachment",
        made.id,
        actor=actor,
        changes={"sha256": sha256, "size_bytes": upload.length, "owner": upload.owner_type},
    )
    kind = owner_kind(upload.owner_type)
    if kind is not None:
        kind.added(upload.folder, actor)


def take_file(folder: Folder, given_name: str, length: int, stream: IO[bytes]) -> UUID:
    """Take a file that came whole, with a form; the same again is the same file. Raises FileRefused."""
    digest = hashlib.sha256()
    for piece in iter(partial(stream.read, PIECE_BYTES), b""):
        digest.update(piece)
    key = f"{kept_name(given_name)}\0{digest.hexdigest()}"
    upload = reread_upload(begin_upload(folder, given_name, length, key=key))
    if upload.attachment_id is not None:
        return upload.uuid
    stream.seek(upload.offset)
    append_piece(upload, upload.offset, stream)
    whole = _reread(upload.id)
    if not whole.is_whole:
        raise FileRefused("cut")
    return finish_upload(whole)


def finish_whole_uploads() -> int:
    """Finish what arrived whole when the process died before it could say so; return how many.

    Raises OSError at the end where there was no room for some: the others are not kept waiting.
    """
    left = db.session.scalars(
        select(Upload).where(Upload.offset == Upload.length, Upload.attachment_id.is_(None)).limit(100)
    ).all()
    for upload in left:
        db.session.expunge(upload)
    db.release()
    finished, full = 0, None
    for upload in left:
        try:
            _put_away(upload)
            finished += 1
        except (UploadBusy, UploadGone, FileNotFoundError, SealBroken) as lost:
            # Somebody is at it, or the file is lost with its disk: it expires, and the others go on.
            logger.warning("an upload could not be finished", code=type(lost).__name__)
        except OSError as failed:
            if not is_full(failed):
                raise
            full = failed
    if full is not None:
        raise full
    return finished
