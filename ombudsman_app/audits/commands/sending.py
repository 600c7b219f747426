"""The findings of a final audit go to the office, each with its letter: one after the other, by a job."""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy import Select, select

from ombudsman_app.audits.models import Audit, ProposedFinding
from ombudsman_app.audits.policies import CONFIRM
from ombudsman_app.audits.queries.orders import SENDING
from ombudsman_app.audits.states import AuditState
from ombudsman_app.core.changing import demand
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import MoveNotAllowed
from ombudsman_app.core.jobs.outbox import enqueue
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.signatures import refuse_unready
from ombudsman_app.findings.commands import send_finding
from ombudsman_app.findings.models import Finding
from ombudsman_app.findings.states import FindingState

from .moving import locked_audit

Told = Callable[[int, int], None]  # how many are sent, of how many


@command
def order_sending(audit: Audit, *, actor: Actor) -> UUID:
    """Have the findings that are still drafts sent; return the job, also the one that runs already.

    Raises NotAllowed, MoveNotAllowed before the audit is final, SigningNotPossible.
    """
    _held(audit.id, actor)
    refuse_unready()
    return enqueue(SENDING, actor=actor, arguments={"audit": audit.id}, once=str(audit.id))


def send_findings(audit: Audit, *, actor: Actor, told: Told = lambda _done, _total: None) -> int:
    """Send them one by one, each with its letter in a transaction of its own; return how many.

    What was sent stays sent, whatever ends it: begun anew, it goes on with the others.
    """
    waiting = list(db.session.scalars(_unsent(audit.id)))
    for done, finding_id in enumerate(waiting):
        told(done, len(waiting))
        _send_one(audit.id, finding_id, actor)
    return len(waiting)


@command
def _send_one(audit_id: int, finding_id: int, actor: Actor) -> None:
    _held(audit_id, actor)
    finding = db.session.get_one(Finding, finding_id, populate_existing=True)
    if finding.state is FindingState.DRAFT:
        send_finding(finding, version=finding.version, actor=actor)


def _held(audit_id: int, actor: Actor) -> Audit:
    held = locked_audit(audit_id)
    demand(CONFIRM, actor, held)
    if held.state not in (AuditState.FINAL, AuditState.PUBLISHED):
        raise MoveNotAllowed(state=str(held.state), event="send_findings")
    return held


def _unsent(audit_id: int) -> Select[int]:
    return (
        select(Finding.id)
        .join(ProposedFinding, ProposedFinding.finding_id == Finding.id)
        .where(ProposedFinding.audit_id == audit_id, Finding.state == FindingState.DRAFT)
        .order_by(Finding.id)
    )
