"""What drafts of audits ask of an office, for the start page of the portal."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Date, Select, String, case, cast, null, type_coerce

from ombudsman_app.core.policy import Actor
from ombudsman_app.directory.models import Office
from ombudsman_app.web.asked import AskedKind, register

from .formats import audit_to_office, audit_tone
from .models import Audit, AuditRound
from .scope import SUBJECT, scope
from .states import AuditState

_HANDLING = Office.__table__.alias("handling")


def _rows(actor: Actor) -> Select[Any]:
    """Until the office has opened it, its number stands there alone; its result never does."""
    title = case((Audit.received_on.is_not(None), AuditRound.title), else_=Audit.reference)
    waits = (Audit.state == AuditState.DRAFT_SENT) & Audit.answered_on.is_(None)
    return (
        scope(actor)
        .addressed()
        .join(_HANDLING, _HANDLING.c.id == Audit.representative_office_id)
        .join(AuditRound, AuditRound.id == Audit.round_id)
        .with_only_columns(
            Audit.id.label("record_id"),
            title.label("title"),
            _HANDLING.c.short_name.label("asker"),
            Audit.draft_sent_on.label("asked_on"),
            Audit.answer_due_on.label("due_on"),
            cast(null(), Date).label("paused_until"),  # such a time never stands still
            type_coerce(Audit.state, String).label("state"),
            waits.label("waits"),
        )
    )


register(
    AskedKind(
        SUBJECT,
        _l("Draft of an audit"),
        _rows,
        endpoint="portal.audits.draft",
        value="audit_id",
        word=lambda state: audit_to_office(AuditState(state)),
        tone=lambda state: audit_tone(AuditState(state)),
    )
)
