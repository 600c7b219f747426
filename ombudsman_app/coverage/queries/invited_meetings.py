"""Meetings as the invited bodies see them in the portal."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, tuple_
from sqlalchemy.orm import joinedload

from ombudsman_app.core import limits
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.coverage.meeting_scope import meeting_scope
from ombudsman_app.coverage.models import MeetingBody, MinutesReading, MonitoringMeeting
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.states import OUT
from ombudsman_app.web.paging import DayKey, Page, day_key, page_back, page_on

_M = MonitoringMeeting


def invited_page(
    actor: Actor, *, after: DayKey | None, before: DayKey | None, limit: int = limits.PAGE_ROWS
) -> Page[MeetingBody]:
    """Return one page of the invitations of the own office, the latest day first. 1 statement."""
    place = tuple_(MeetingBody.meets_on, MeetingBody.id)
    found = meeting_scope(actor).invited()
    if before is not None:
        found = found.where(place > before)
    elif after is not None:
        found = found.where(place < after)
    columns = (MeetingBody.meets_on, MeetingBody.id)
    order: Any = columns if before else tuple(one.desc() for one in columns)
    rows = list(
        db.session.scalars(
            found.order_by(*order)
            .limit(limit + 1)
            .options(
                joinedload(MeetingBody.meeting, innerjoin=True).joinedload(
                    _M.representative_office, innerjoin=True
                )
            )
        )
    )

    def key(row: MeetingBody) -> str:
        return day_key(row.meets_on, row.id)

    if before is not None:
        return page_back(rows, limit, key)
    return page_on(rows, limit, key, is_first=after is None)


def invited_meeting(actor: Actor, body_id: int) -> MeetingBody | None:
    """Return an invitation of the own office with its meeting and agenda, if visible. 2 statements."""
    meeting = joinedload(MeetingBody.meeting, innerjoin=True)
    return db.session.scalar(
        meeting_scope(actor)
        .invited()
        .where(MeetingBody.id == body_id)
        .options(
            meeting.joinedload(_M.representative_office, innerjoin=True), meeting.selectinload(_M.agenda)
        )
    )


@dataclass(frozen=True)
class InvitedPaper:
    """A paper of a meeting that the own office may read."""

    body: MeetingBody
    document: Document

    @property
    def office_id(self) -> int:
        return self.body.office_id


def papers_for(body: MeetingBody) -> Sequence[Document]:
    """Return invitation and minutes that are out. 1 statement."""
    return db.session.scalars(_out(body).order_by(Document.id)).all()


def invited_paper(actor: Actor, body_id: int, document_id: int) -> InvitedPaper | None:
    """Return one of them, if visible. ≤ 3 statements."""
    body = invited_meeting(actor, body_id)
    found = db.session.scalar(_out(body).where(Document.id == document_id)) if body else None
    return InvitedPaper(body, found) if body and found else None


def _out(body: MeetingBody) -> Any:
    return select(Document).where(Document.folder == body.meeting.papers_id, Document.state.in_(OUT))


def readings_of(body: MeetingBody) -> Sequence[MinutesReading]:
    """Return what the own office said of the minutes, oldest first. 1 statement."""
    return db.session.scalars(
        select(MinutesReading).where(MinutesReading.body_id == body.id).order_by(MinutesReading.id)
    ).all()
