"""The letters that ask the own office, as a list."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from ombudsman_app.complaints.models import ComplaintClock
from ombudsman_app.complaints.scope import IS_RECEIVED, scope
from ombudsman_app.complaints.states import RequestState
from ombudsman_app.core import limits
from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.directory.models import RepresentativeOffice
from ombudsman_app.documents.models import Document
from ombudsman_app.web.paging import Page, page_back, page_on

from .asked_columns import clock_column, state_column

_ZONE = RepresentativeOffice.__table__
_S = RequestState


@dataclass(frozen=True)
class RequestRow:
    """One line of the list. `title`: the number until it was received, then what it is about."""

    id: int
    number: str
    title: str
    state: RequestState
    issued_on: date
    is_received: bool
    due_on: date | None
    days_left: int | None
    is_paused: bool  # its time stands still today; why is no matter of the office

    @property
    def is_overdue(self) -> bool:
        return self.days_left is not None and self.days_left < 0


def requests_page(
    actor: Actor, *, is_done: bool, after: int | None, before: int | None, limit: int = limits.PAGE_ROWS
) -> Page[RequestRow]:
    """Return one page of the letters that ask the own office, the newest first, by keyset. 1 statement."""
    waits = state_column() == _S.WAITING.value
    found = scope(actor).addressed().where(~waits if is_done else waits)
    if before is not None:
        found = found.where(Document.id > before).order_by(Document.id)
    else:
        found = found.order_by(Document.id.desc())
        found = found.where(Document.id < after) if after is not None else found
    shown = (
        found.join(_ZONE, _ZONE.c.id == Document.representative_office_id)
        .outerjoin(ComplaintClock, ComplaintClock.id == clock_column())
        .with_only_columns(
            Document.id,
            Document.number,
            Document.subject,
            state_column().label("state"),
            Document.issued_on,
            IS_RECEIVED.label("is_received"),
            ComplaintClock.due_on,
            ComplaintClock.ended_on,
            ComplaintClock.paused_until,
            _ZONE.c.time_zone,
        )
        .limit(limit + 1)
    )
    rows = [_row(row) for row in db.session.execute(shown)]
    if before is not None:
        return page_back(rows, limit, lambda row: str(row.id))
    return page_on(rows, limit, lambda row: str(row.id), is_first=after is None)


def _row(row: Any) -> RequestRow:
    state = RequestState(row.state)
    runs = state is _S.WAITING and row.is_received and row.due_on is not None and row.ended_on is None
    day = today(row.time_zone)
    return RequestRow(
        id=row.id,
        number=row.number or "",
        title=row.subject if row.is_received else row.number,
        state=state,
        issued_on=row.issued_on,
        is_received=bool(row.is_received),
        due_on=row.due_on if runs else None,
        days_left=(row.due_on - day).days if runs else None,
        is_paused=bool(runs and row.paused_until and day <= row.paused_until),
    )
