"""What the page of an audit says between the review and the final result."""

from flask import url_for

from ombudsman_app.attachments.queries import files_of
from ombudsman_app.attachments.upload_box import staff_box
from ombudsman_app.audits.models import Audit
from ombudsman_app.audits.owners import PAPER_FILES
from ombudsman_app.audits.page_parts import Part, part
from ombudsman_app.audits.policies import PLAN
from ombudsman_app.audits.states import SHOWN_TO_OFFICE, AuditState
from ombudsman_app.core.clock import today
from ombudsman_app.core.policy import Actor


@part(40)
def draft_next(_actor: Actor, audit: Audit) -> Part | None:
    """What comes next: the draft goes out, the office answers, the head makes it final. No statement."""
    if audit.state not in (AuditState.REVIEWED, AuditState.DRAFT_SENT):
        return None
    day = today(audit.representative_office.time_zone)
    is_over = audit.answer_due_on is not None and day > audit.answer_due_on
    return Part("audits/staff/_draft_next.html", {"is_answer_time_over": is_over}, "next")


@part(41)
def draft_ways(actor: Actor, audit: Audit) -> Part | None:
    """The ways to the answers of the office, the findings, the final result; proofs of receipt on paper.

    1 statement for who sees to the papers.
    """
    if audit.state not in SHOWN_TO_OFFICE:
        return None
    keeps_proofs = PLAN.allows(actor, audit)
    values = {
        "proofs": files_of(audit.papers_id) if keeps_proofs else [],
        "box": staff_box(PAPER_FILES, audit.id, url_for(".audit", audit_id=audit.id))
        if keeps_proofs
        else None,
    }
    return Part("audits/staff/_draft_ways.html", values, "aside")
