"""What field work adds to the page of an audit: the own sheet, the comparison, the review, the score."""

from ombudsman_app.audits.models import Audit
from ombudsman_app.audits.page_parts import Part, part
from ombudsman_app.audits.queries.review import given_back, remarks_on
from ombudsman_app.audits.states import AUDIT, AuditState
from ombudsman_app.core.policy import Actor
from ombudsman_app.web.access import may

_SCORED = frozenset(AuditState) - {AuditState.PLANNED, AuditState.IN_FIELD, AuditState.CANCELLED}


@part(15)
def back_from_review(_actor: Actor, audit: Audit) -> Part | None:
    """Tell the team why the review gave the audit back. 2 statements, none otherwise."""
    rights = ("audits.assess", "audits.settle", "audits.submit")
    if audit.state is not AuditState.IN_FIELD or audit.submitted_at is None:
        return None
    step = given_back(audit.id) if any(may(one, audit) for one in rights) else None
    if step is None:
        return None
    values = {
        "step": step,
        "remarks": remarks_on(audit.id),
        "may_settle": audit.round.is_blind and may("audits.settle", audit),
    }
    return Part("audits/staff/_given_back.html", values, place="next")


@part(20)
def field_of_audit(_actor: Actor, audit: Audit) -> Part | None:
    """Lead to the sheet and its comparison; what others wrote is told nowhere here. No statement."""
    if audit.state is AuditState.PLANNED:
        return None
    is_in_field = audit.state is AuditState.IN_FIELD
    values = {
        "may_assess": is_in_field and may("audits.assess", audit),
        "may_settle": is_in_field and audit.round.is_blind and may("audits.settle", audit),
        "may_submit": is_in_field and may("audits.submit", audit),
        "may_review": "review" in AUDIT.open_events(audit.state) and may("audits.review", audit),
        "is_scored": audit.state in _SCORED,
    }
    return Part("audits/staff/_field_part.html", values)
