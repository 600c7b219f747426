"""Sheets of the register that were asked for."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.models import Job
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.produced.keeping import produced_by
from ombudsman_app.core.produced.models import ProducedFile
from ombudsman_app.findings.models import RegisterExport
from ombudsman_app.findings.scope import scope


@dataclass(frozen=True)
class ExportPage:
    """A sheet with its job and its file; both None where they are not there, or are somebody else's."""

    job: Job | None
    file: ProducedFile | None


def visible_export(actor: Actor, export_id: int) -> RegisterExport | None:
    """Return a sheet that one asked for, or may allow. 1 statement."""
    return db.session.scalar(
        scope(actor)
        .exports()
        .where(RegisterExport.id == export_id)
        .options(joinedload(RegisterExport.asked_by, innerjoin=True), joinedload(RegisterExport.decided_by))
    )


def export_page(actor: Actor, export: RegisterExport) -> ExportPage:
    """Return how far the sheet of this person is. ≤ 2 statements, none for another one's."""
    if export.job_uuid is None or export.asked_by_id != actor.user_id:
        return ExportPage(None, None)
    job = db.session.scalar(select(Job).where(Job.uuid == export.job_uuid))
    return ExportPage(job, produced_by(export.job_uuid, actor.user_id))
