"""The respondent solved it during the examination, and the reporter confirms that in writing."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from ombudsman_app.attachments.models import Attachment, AttachmentState
from ombudsman_app.complaints.errors import NotConfirmed
from ombudsman_app.complaints.models import Complaint, ComplaintMessage, Notice
from ombudsman_app.complaints.policies import DECIDE
from ombudsman_app.core.changing import demand
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Actor

from .closing import close_by
from .conflict import declare_free
from .conversation import post_notice
from .letters import CLOSING_MINUTES, CLOSING_NOTICE, minute
from .moving import locked_case


@dataclass(frozen=True)
class Confirmation:
    """What shows that the reporter confirmed: a message on /lacak, or a file of the case."""

    message_id: int | None = None
    file: UUID | None = None


@command
def close_as_resolved(
    case: Complaint, reason: str, confirmation: Confirmation, *, version: int, actor: Actor
) -> None:
    """End a case under review because the respondent solved it, with notice and minutes.

    Who closes it declares with it to have no interest in it (UU 37/2008 Pasal 40). Raises NotConfirmed where
    nothing of this case shows that the reporter confirmed, RecordChanged, MoveNotAllowed.
    """
    held = locked_case(case, version)
    demand(DECIDE, actor, held)
    shown = _confirmed_by(held, confirmation)
    declare_free(held, actor=actor)
    close_by(held, "close_as_resolved", actor=actor, reason=reason, changes={"confirmation": shown})
    db.session.flush()
    minute(held, CLOSING_MINUTES, {"words": reason}, actor)
    minute(held, CLOSING_NOTICE, {"words": reason}, actor)
    post_notice(held, Notice.LETTER, actor=actor)


def _confirmed_by(held: Complaint, given: Confirmation) -> dict[str, int | str]:
    """Return what is named, if it is of this case: a message of the reporter, a file that is there."""
    if given.message_id is not None:
        message = select(ComplaintMessage.id).where(
            ComplaintMessage.id == given.message_id,
            ComplaintMessage.complaint_id == held.id,
            ComplaintMessage.author_id.is_(None),
        )
        if db.session.scalar(message) is not None:
            return {"message": given.message_id}
    if given.file is not None:
        file = select(Attachment.id).where(
            Attachment.uuid == given.file,
            Attachment.folder == held.files_id,
            Attachment.state.in_((AttachmentState.QUARANTINED, AttachmentState.READY)),
        )
        if db.session.scalar(file) is not None:
            return {"file": str(given.file)}
    raise NotConfirmed
