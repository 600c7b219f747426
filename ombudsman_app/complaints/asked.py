"""What complaints ask of an office, for the start page of the portal: requests for an explanation."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Date, Select, and_, case, cast, null

from ombudsman_app.core.policy import Actor
from ombudsman_app.directory.models import Office
from ombudsman_app.documents.models import Document
from ombudsman_app.web.asked import AskedKind, register

from .formats import REQUEST_WORDS, request_tone
from .models import ComplaintClock
from .notice_kinds import REQUEST
from .queries.asked_columns import clock_column, state_column
from .scope import IS_RECEIVED, scope
from .states import RequestState

_HANDLING = Office.__table__.alias("asker")


def _rows(actor: Actor) -> Select[Any]:
    """Until the letter was received its number stands there and nothing of what is asked."""
    runs = and_(IS_RECEIVED, ComplaintClock.ended_on.is_(None))
    return (
        scope(actor)
        .addressed()
        .join(_HANDLING, _HANDLING.c.id == Document.representative_office_id)
        .outerjoin(ComplaintClock, ComplaintClock.id == clock_column())
        .with_only_columns(
            Document.id.label("record_id"),
            case((IS_RECEIVED, Document.subject), else_=Document.number).label("title"),
            _HANDLING.c.short_name.label("asker"),
            Document.issued_on.label("asked_on"),
            case((runs, ComplaintClock.due_on), else_=cast(null(), Date)).label("due_on"),
            case((runs, ComplaintClock.paused_until), else_=cast(null(), Date)).label("paused_until"),
            state_column().label("state"),
            (state_column() == RequestState.WAITING.value).label("waits"),
        )
    )


register(
    AskedKind(
        REQUEST,
        _l("Request for an explanation"),
        _rows,
        endpoint="portal.clarifications.request",
        value="request_id",
        word=lambda state: REQUEST_WORDS[RequestState(state)],
        tone=lambda state: request_tone(RequestState(state)),
    )
)
