"""The sending of findings that one asked for."""

import json
from dataclasses import dataclass
from uuid import UUID

from ombudsman_app.audits.models import Audit
from ombudsman_app.core.jobs.models import Job
from ombudsman_app.core.policy import Actor
from ombudsman_app.documents.queries.orders import own_job

from .page import visible_audit

SENDING = "audits.send_findings"  # the job


@dataclass(frozen=True)
class SendingOrder:
    """The job and the audit whose findings it sends."""

    job: Job
    audit: Audit


def own_sending(actor: Actor, uuid: UUID) -> SendingOrder | None:
    """Return a sending that one asked for, if one still sees the audit (AZ9). 2 statements."""
    job = own_job(actor, uuid, SENDING)
    audit = visible_audit(actor, json.loads(job.arguments)["audit"]) if job else None
    return SendingOrder(job, audit) if job and audit else None
