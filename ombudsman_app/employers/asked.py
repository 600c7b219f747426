"""What compliance cases ask of a branch, for the start page of the portal."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Date, Select, String, case, cast, null, type_coerce

from ombudsman_app.core.policy import Actor
from ombudsman_app.directory.models import Office
from ombudsman_app.web.asked import AskedKind, register

from .compliance.rules import WITH_BRANCH, CaseState, Recipient
from .compliance.scope import FORWARDED, case_scope
from .compliance.words import case_state, case_tone
from .models import NO_CASE_DUE, CaseForwarding, EmployerComplianceCase

_HANDLING = Office.__table__.alias("following")


def _rows(actor: Actor) -> Select[Any]:
    """Until the office has opened it, its number stands there and nothing of the employer."""
    of_case = EmployerComplianceCase
    title = case(
        (CaseForwarding.is_received.is_(True), CaseForwarding.employer_name), else_=of_case.reference
    )
    has_day = (of_case.next_due_on != NO_CASE_DUE) & (CaseForwarding.recipient == Recipient.BRANCH)
    waits = (CaseForwarding.recipient == Recipient.BRANCH) & of_case.state.in_(WITH_BRANCH)
    return (
        case_scope(actor)
        .forwarded()
        .join(of_case, of_case.id == CaseForwarding.case_id)
        .join(_HANDLING, _HANDLING.c.id == of_case.representative_office_id)
        .with_only_columns(
            CaseForwarding.id.label("record_id"),
            title.label("title"),
            _HANDLING.c.short_name.label("asker"),
            CaseForwarding.sent_on.label("asked_on"),
            case((has_day, of_case.next_due_on), else_=cast(null(), Date)).label("due_on"),
            cast(null(), Date).label("paused_until"),
            type_coerce(of_case.state, String).label("state"),
            waits.label("waits"),
        )
    )


register(
    AskedKind(
        FORWARDED,
        _l("Compliance case"),
        _rows,
        endpoint="portal.compliance.case",
        value="forwarding_id",
        word=lambda state: case_state(CaseState(state)),
        tone=lambda state: case_tone(CaseState(state)),
    )
)
