"""What whoever gave information sees of it, with ticket and code: no office, no place, nothing told."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ombudsman_app.complaints.models import CODE_LASTS, InformationTip
from ombudsman_app.complaints.states import TipState
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import db
from ombudsman_app.directory.models import RepresentativeOffice

from .drafts import OpenDraft
from .follow import SentComplaint
from .tip_history import TipLine, TipLines, public_history_of_tip


@dataclass(frozen=True)
class FollowedTip:
    """The status page of information."""

    ticket: str
    received_at: datetime
    state: TipState
    takes_messages: bool
    handling: RepresentativeOffice
    history: TipLines
    files_id: UUID | None

    @property
    def unread(self) -> list[int]:
        """The ids of the messages of the office that were not opened before."""
        lines: list[TipLine] = self.history.messages
        return [line.id for line in lines if not line.is_theirs and line.read_at is None]


def tip_of_follower(tip_id: int) -> InformationTip | None:
    """Return the information that ticket and code opened, for the commands of who gave it. 1 statement."""
    return db.session.get(InformationTip, tip_id)


def followed_tip(tip_id: int) -> FollowedTip | None:
    """Return what whoever gave it may see. 3 statements."""
    found = db.session.scalar(
        select(InformationTip)
        .where(InformationTip.id == tip_id)
        .options(joinedload(InformationTip.representative_office, innerjoin=True))
    )
    if found is None:
        return None
    return FollowedTip(
        ticket=found.ticket,
        received_at=found.received_at,
        state=found.state,
        takes_messages=found.takes_messages,
        handling=found.representative_office,
        history=public_history_of_tip(found.id),
        files_id=found.files_id,
    )


def sent_tip(draft: OpenDraft) -> SentComplaint | None:
    """Return the receipt of a draft that was sent as information. 1 statement."""
    found = db.session.scalar(
        select(InformationTip)
        .where(InformationTip.id == draft.tip_id)
        .options(
            joinedload(InformationTip.office, innerjoin=True),
            joinedload(InformationTip.representative_office, innerjoin=True),
        )
    )
    if found is None:
        return None
    is_fresh = now() - found.received_at < CODE_LASTS
    return SentComplaint(
        ticket=found.ticket,
        received_at=found.received_at,
        time_zone=found.representative_office.time_zone,
        office_name=found.office.name,
        handling=found.representative_office,
        access_code=draft.answers.get("access_code") if is_fresh else None,
    )
