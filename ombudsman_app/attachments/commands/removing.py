"""Taking files away: the key goes in the transaction, the sealed bytes soon after (PD8)."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import delete, select, update

from ombudsman_app.attachments.models import Attachment, AttachmentEvent, AttachmentState, FileAct, Upload
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record

_GONE = {
    "state": AttachmentState.REMOVED,
    "wrapped_key": None,
    "sealed_name": None,
    "has_preview": False,
}


@command
def remove_file(found: Attachment, *, actor: Actor) -> None:
    """Remove a file at the wish of who sent it, before it was sent with a complaint."""
    arrived = delete(Upload).where(Upload.attachment_id == found.id)  # it holds the wrapped key too
    db.session.execute(arrived.execution_options(synchronize_session=False))
    gone = update(Attachment).where(Attachment.id == found.id).values(**_GONE)
    db.session.execute(gone.execution_options(synchronize_session=False))
    db.session.add(
        AttachmentEvent(attachment_id=found.id, act=FileAct.REMOVED, at=now(), actor_id=actor.user_id)
    )
    record(Event.ATTACHMENTS_REMOVED, "attachment", found.id, actor=actor)


def destroy_folder(folders: Collection[UUID]) -> None:
    """Destroy all that lies in these folders, inside the command that destroys their record. 2 statements.

    The rows of finished files stay as tombstones without name and key.
    """
    if not folders:
        return
    inside = Attachment.folder.in_(folders)
    for statement in (
        update(Attachment).where(inside).values(**_GONE),
        delete(Upload).where(Upload.folder.in_(folders)),
    ):
        db.session.execute(statement.execution_options(synchronize_session=False))


def living_names() -> set[str]:
    """Return the hexadecimal ids of all files whose bytes must stay."""
    kept = select(Attachment.uuid).where(Attachment.wrapped_key.is_not(None))
    coming = select(Upload.uuid)
    return {uuid.hex for rows in (kept, coming) for uuid in db.session.scalars(rows)}
