"""Files as they lie in the store after the check, without asking a child."""

import hashlib
from io import BytesIO
from uuid import UUID, uuid4

from ombudsman_app.attachments.commands.arriving import stored_name
from ombudsman_app.attachments.models import Attachment, AttachmentEvent, AttachmentState, FileAct
from ombudsman_app.attachments.queries import place_of
from ombudsman_app.attachments.store import store
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.sealed_files import write_sealed
from ombudsman_app.core.sealing import new_record_key

ORIGINAL = b"\xff\xd8\xff as it came, with a place in it"
CLEANED = b"\xff\xd8\xff cleaned"
PICTURE = b"\xff\xd8\xff picture"


@command
def AttachmentFactory(
    folder: UUID | None,
    name: str = "kuitansi.jpg",
    state: AttachmentState = AttachmentState.READY,
    reason: str = "",
    added_by_id: int | None = None,
    picture: bytes = PICTURE,
    media_type: str = "image/jpeg",
) -> Attachment:
    """A photo in a folder, whole in all its parts."""
    assert folder is not None
    uuid = uuid4()
    place = place_of(uuid)
    key, wrapped = new_record_key(place=place)
    for part, content in (("0", ORIGINAL), ("1", CLEANED), ("2", picture), ("3", picture)):
        with store().writing(stored_name(uuid, part)) as file:
            write_sealed(BytesIO(content).read, file, key, place=place if part == "0" else f"{place}.{part}")
    made = Attachment(
        uuid=uuid,
        folder=folder,
        sealed_name=key.seal(name, place=f"{place}.name"),
        wrapped_key=wrapped,
        size_bytes=len(ORIGINAL),
        sha256=hashlib.sha256(ORIGINAL).hexdigest(),
        media_type=media_type,
        cleaned_bytes=len(CLEANED),
        has_preview=media_type.startswith("image/"),
        state=state,
        reason=reason,
        added_by_id=added_by_id,
        added_at=now(),
        checked_at=now(),
    )
    db.session.add(made)
    db.session.flush()
    db.session.add(
        AttachmentEvent(attachment_id=made.id, act=FileAct.RECEIVED, at=now(), actor_id=added_by_id)
    )
    return made
