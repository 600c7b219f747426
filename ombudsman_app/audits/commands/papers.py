"""The papers of a result: the report once it is final, rapor and certificate once it is published."""

from uuid import UUID

from ombudsman_app.audits.models import Audit
from ombudsman_app.audits.policies import RELEASE, WRITE_REPORT
from ombudsman_app.audits.queries.papers import (
    CERTIFICATE,
    REPORT,
    SCORECARD,
    SHEET,
    result_papers,
    to_be_replaced,
)
from ombudsman_app.audits.states import AuditState
from ombudsman_app.core.changing import demand
from ombudsman_app.core.db import command
from ombudsman_app.core.errors import MoveNotAllowed
from ombudsman_app.core.jobs.outbox import enqueue
from ombudsman_app.core.policy import Actor
from ombudsman_app.documents.commands import begin_replacement, issue_at_once, write_draft
from ombudsman_app.documents.models import Document

from .moving import locked_audit
from .scoring import latest_score


@command
def write_report(audit: Audit, *, actor: Actor) -> Document:
    """Put the report forward as a draft that the head approves and issues; there is one that counts.

    After a correction the next edition is put forward: issued, it stands in the place of the earlier one.
    Raises MoveNotAllowed before the result is final, NotAllowed.
    """
    held = locked_audit(audit.id)
    demand(WRITE_REPORT, actor, held)
    if held.state not in (AuditState.FINAL, AuditState.PUBLISHED):
        raise MoveNotAllowed(state=str(held.state), event="write_report")
    papers = result_papers(held)
    if there := papers.get(REPORT):
        is_replaced = REPORT in to_be_replaced(held, papers)
        return begin_replacement(there, actor=actor) if is_replaced else there
    return write_draft(
        REPORT,
        held.papers_id,
        subject=f"Laporan hasil audit {held.reference} {held.office.name}",
        answers={},
        actor=actor,
    )


@command
def issue_result_papers(audit: Audit, *, actor: Actor) -> list[Document]:
    """Issue what is missing of rapor and certificate for a published result, once each.

    After a correction the next edition of each is issued, and the earlier one is told to be replaced.
    Raises MoveNotAllowed before it is published, NotAllowed, SigningNotPossible.
    """
    held = locked_audit(audit.id)
    demand(RELEASE, actor, held)
    if held.state is not AuditState.PUBLISHED:
        raise MoveNotAllowed(state=str(held.state), event="issue_result_papers")
    subjects = {
        SCORECARD: f"Rapor standar pelayanan {held.office.name}",
        CERTIFICATE: f"Sertifikat standar pelayanan {held.office.name}",
    }
    papers = result_papers(held)
    replaced = {kind: papers[kind] for kind in to_be_replaced(held, papers)}
    return [
        issue_at_once(kind, held.papers_id, subject=subject, supersedes=replaced.get(kind), actor=actor)
        for kind, subject in subjects.items()
        if kind not in papers or kind in replaced
    ]


@command
def order_sheet(audit: Audit, *, language: str, actor: Actor) -> UUID:
    """Have the newest score written into a sheet; return the job. It is kept for whoever asked, for a day.

    Raises MoveNotAllowed where nothing is scored yet.
    """
    if latest_score(audit.id) is None:
        raise MoveNotAllowed(state=str(audit.state), event="order_sheet")
    return enqueue(SHEET, actor=actor, arguments={"audit": audit.id, "language": language})


def living_paper(audit: Audit, kind: str) -> Document | None:
    """Return the paper of a kind that counts, a draft too. 1 statement."""
    return result_papers(audit).get(kind)
