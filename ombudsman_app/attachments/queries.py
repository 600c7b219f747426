"""Reading about files; their bytes are opened in `opening.py`."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select

from ombudsman_app.accounts.models import User
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.sealing import SealBroken, open_record_key

from .models import Attachment, AttachmentEvent, AttachmentState, FileAct, Upload
from .owners import Folder, public_folders
from .scope import scope
from .states import kind_of


@dataclass(frozen=True)
class CustodyLine:
    """What happened to a file, when, and who did it (empty: the reporter, or the house itself)."""

    act: FileAct
    at: datetime
    who: str
    reason: str


@dataclass(frozen=True)
class FileLine:
    """A file as lists show it."""

    uuid: UUID
    name: str
    size_bytes: int
    kind: str  # image, pdf, video, audio
    state: str
    reason: str
    added_at: datetime
    is_from_reporter: bool
    has_preview: bool
    sha256: str
    events: tuple[CustodyLine, ...] = ()


def files_of(folder: UUID | None) -> list[FileLine]:
    """Return the files of a folder in the order in which they came. 1 statement, none without a folder."""
    if folder is None:
        return []
    rows = db.session.scalars(_of(folder)).all()
    return [_line(row, ()) for row in rows]


def files_in(*folders: UUID) -> dict[UUID, list[FileLine]]:
    """Return the files of several folders, each in the order in which they came. 1 statement."""
    found: dict[UUID, list[FileLine]] = {folder: [] for folder in folders}
    rows = db.session.scalars(
        select(Attachment)
        .where(Attachment.folder.in_(folders), Attachment.state != AttachmentState.REMOVED)
        .order_by(Attachment.id)
    )
    for row in rows:
        found[row.folder].append(_line(row, ()))
    return found


def files_with_custody(folder: UUID | None) -> list[FileLine]:
    """The same with the chain of custody of each. 2 statements, 1 where there is no file."""
    if folder is None:
        return []
    rows = db.session.scalars(_of(folder)).all()
    events = _events([row.id for row in rows])
    return [_line(row, tuple(events.get(row.id, ()))) for row in rows]


def _of(folder: UUID) -> Select[Attachment]:
    return (
        select(Attachment)
        .where(Attachment.folder == folder, Attachment.state != AttachmentState.REMOVED)
        .order_by(Attachment.id)
    )


def _events(ids: list[int]) -> Mapping[int, list[CustodyLine]]:
    found: dict[int, list[CustodyLine]] = defaultdict(list)
    if not ids:
        return found
    rows = db.session.execute(
        select(AttachmentEvent, User.name)
        .outerjoin(User, User.id == AttachmentEvent.actor_id)
        .where(AttachmentEvent.attachment_id.in_(ids))
        .order_by(AttachmentEvent.id)
    )
    for event, name in rows:
        found[event.attachment_id].append(CustodyLine(event.act, event.at, name or "", event.reason))
    return found


def line_of(row: Attachment) -> FileLine:
    """Return one file as lists show it."""
    return _line(row, ())


def _line(row: Attachment, events: tuple[CustodyLine, ...]) -> FileLine:
    name = name_of(row)
    return FileLine(
        uuid=row.uuid,
        name=name,
        size_bytes=row.size_bytes,
        kind=kind_of(row.media_type, name),
        state=row.state.value,
        reason=row.reason,
        added_at=row.added_at,
        is_from_reporter=row.added_by_id is None,
        has_preview=row.has_preview and row.state is AttachmentState.READY,
        sha256=row.sha256,
        events=events,
    )


def place_of(uuid: UUID) -> str:
    """Return what the key of a file and all its pieces are bound to."""
    return f"attachment.{uuid}"


def name_of(row: Attachment | Upload) -> str:
    """Open the given name; a dash where the key is gone."""
    if row.wrapped_key is None or row.sealed_name is None:
        return "–"
    place = place_of(row.uuid)
    try:
        return open_record_key(row.wrapped_key, place=place).unseal(row.sealed_name, place=f"{place}.name")
    except SealBroken:
        return "–"


def visible_attachment(actor: Actor, uuid: UUID) -> Attachment | None:
    """Return a file that this person of the staff may see. 1 statement."""
    return db.session.scalar(scope(actor).attachments().where(Attachment.uuid == uuid))


@dataclass(frozen=True)
class OwnFile:
    """A file of what this browser has open, and the folder it lies in."""

    attachment: Attachment
    folder: Folder


def own_attachment(actor: Actor, uuid: UUID) -> OwnFile | None:
    """Return a file of the draft or the page that this browser has open. ≤ 3 statements."""
    folders = public_folders(actor)
    if not folders:
        return None
    found = db.session.scalar(
        select(Attachment).where(
            Attachment.uuid == uuid,
            Attachment.folder.in_(folders),
            Attachment.state != AttachmentState.REMOVED,
        )
    )
    return OwnFile(found, folders[found.folder]) if found else None


def public_upload(actor: Actor, uuid: UUID) -> Upload | None:
    """Return an arriving file of what this browser has open."""
    folders = public_folders(actor)
    return _upload(uuid, Upload.folder.in_(folders)) if folders else None


def staff_upload(actor: Actor, uuid: UUID) -> Upload | None:
    """Return an arriving file that this person began."""
    return _upload(uuid, Upload.added_by_id == actor.user_id)


def _upload(uuid: UUID, mine: ColumnElement[bool]) -> Upload | None:
    return db.session.scalar(select(Upload).where(Upload.uuid == uuid, mine, Upload.expires_at > now()))


def uuid_of(attachment_id: int | None) -> UUID | None:
    """Return the public id of what became of an upload."""
    return db.session.scalar(select(Attachment.uuid).where(Attachment.id == attachment_id))
