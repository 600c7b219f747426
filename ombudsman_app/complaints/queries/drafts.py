"""Reading drafts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from ombudsman_app.complaints.models import ComplaintDraft, token_hash
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import db


@dataclass(frozen=True)
class OpenDraft:
    """A draft with its seal opened. `complaint_id` or `tip_id` is set once it was sent."""

    answers: dict[str, Any]
    saved_until: datetime
    complaint_id: int | None
    tip_id: int | None
    uuid: UUID  # also the folder of its files

    @property
    def is_sent(self) -> bool:
        return self.complaint_id is not None or self.tip_id is not None


_LIVING = select(ComplaintDraft).where(  # put together once: every step of the wizard asks it
    ComplaintDraft.token_hash == bindparam("hash"), ComplaintDraft.expires_at > bindparam("now")
)


def draft_of(token: str) -> OpenDraft | None:
    """Return the living draft of a token, or None. 1 statement."""
    draft = db.session.scalar(_LIVING, {"hash": token_hash(token), "now": now()})
    if draft is None:
        return None
    return OpenDraft(draft.opened(), draft.expires_at, draft.complaint_id, draft.tip_id, draft.uuid)
