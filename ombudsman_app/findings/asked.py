"""What findings ask of an office, for the start page of the portal."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Date, Select, String, case, cast, null, type_coerce

from ombudsman_app.core.policy import Actor
from ombudsman_app.directory.models import Office
from ombudsman_app.web.asked import AskedKind, register

from .formats import finding_tone, state_to_office
from .models import NO_DUE_DAY, Finding
from .scope import SUBJECT, scope
from .states import WAITING, FindingState

_HANDLING = Office.__table__.alias("handling")


def _rows(actor: Actor) -> Select[Any]:
    """Until the office has opened it, its number stands there and nothing of what was found."""
    is_open = case((Finding.is_received.is_(True), Finding.summary), else_=Finding.reference)
    has_day = Finding.next_due_on != NO_DUE_DAY
    return (
        scope(actor)
        .addressed()
        .join(_HANDLING, _HANDLING.c.id == Finding.representative_office_id)
        .with_only_columns(
            Finding.id.label("record_id"),
            is_open.label("title"),
            _HANDLING.c.short_name.label("asker"),
            Finding.sent_on.label("asked_on"),
            case((has_day, Finding.next_due_on), else_=cast(null(), Date)).label("due_on"),
            cast(null(), Date).label("paused_until"),  # such a time never stands still
            type_coerce(Finding.state, String).label("state"),
            Finding.state.in_(WAITING).label("waits"),
        )
    )


register(
    AskedKind(
        SUBJECT,
        _l("Finding"),
        _rows,
        endpoint="portal.findings.finding",
        value="finding_id",
        word=lambda state: state_to_office(FindingState(state)),
        tone=lambda state: finding_tone(FindingState(state)),
    )
)
