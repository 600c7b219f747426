"""Which files a person of the staff can see: those of records they can see, as the owners say (AZ3, AZ5)."""

from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, or_, select

from ombudsman_app.core.policy import Actor

from .models import Attachment, AttachmentState
from .owners import kinds


class Scope:
    """The rows one actor may see."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    def attachments(self) -> Select[Attachment]:
        """Files whose key still exists."""
        visible = (kind.visible(self.actor) for kind in kinds() if kind.visible is not None)
        folders = [_is_among(seen) for seen in visible if seen is not None]
        return select(Attachment).where(or_(false(), *folders), Attachment.state != AttachmentState.REMOVED)


def _is_among(visible: Select[UUID]) -> ColumnElement[bool]:
    """Ask for the one folder, so that an index answers and no list of all is made."""
    (folder,) = visible.selected_columns
    return visible.where(folder == Attachment.folder).correlate(Attachment).exists()


def scope(actor: Actor) -> Scope:
    """Open the view of one actor."""
    return Scope(actor)
