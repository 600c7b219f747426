"""What one asked the house to draw or to issue, and how far it is."""

import json
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.models import Job
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.produced.keeping import produced_by
from ombudsman_app.core.produced.models import ProducedFile
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.states import PREVIEW

from .page import visible_document


@dataclass(frozen=True)
class PreviewOrder:
    """A drawing of a draft: its job, the draft, and the file once it is there."""

    job: Job
    document: Document
    file: ProducedFile | None


def own_preview(actor: Actor, uuid: UUID) -> PreviewOrder | None:
    """Return what one asked for, if one may still see the draft (AZ9). 4 statements."""
    job = own_job(actor, uuid, PREVIEW)
    document = visible_document(actor, json.loads(job.arguments)["document"]) if job else None
    if job is None or document is None:
        return None
    return PreviewOrder(job, document, produced_by(uuid, actor.user_id))


def own_job(actor: Actor, uuid: UUID, kind: str) -> Job | None:
    """Return a job of this kind that one asked for. 1 statement."""
    return db.session.scalar(
        select(Job).where(Job.uuid == uuid, Job.kind == kind, Job.asked_by_id == actor.user_id)
    )
