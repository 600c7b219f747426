"""One import with its job, and what came before it."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.models import Job
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.produced.keeping import produced_by
from ombudsman_app.core.produced.models import ProducedFile
from ombudsman_app.imports.models import ImportRow, ImportRun
from ombudsman_app.imports.scope import scope
from ombudsman_app.imports.states import RunState, Verdict


def visible_run(actor: Actor, run_id: int) -> ImportRun | None:
    """Return an import with who brought it, if this person may see it. 1 statement."""
    return db.session.scalar(
        scope(actor)
        .runs()
        .where(ImportRun.id == run_id)
        .options(
            joinedload(ImportRun.source, innerjoin=True),
            joinedload(ImportRun.representative_office, innerjoin=True),
            joinedload(ImportRun.made_by, innerjoin=True),
            joinedload(ImportRun.applied_by),
            joinedload(ImportRun.undone_by),
        )
    )


@dataclass(frozen=True)
class RunPage:
    """`earlier`: an import of the very same file that is in the register now."""

    run: ImportRun
    job: Job | None
    undecided: int
    earlier: ImportRun | None


def run_page(run: ImportRun) -> RunPage:
    """Return what its page shows. 3 statements."""
    job = db.session.scalar(select(Job).where(Job.uuid == run.job_uuid)) if run.job_uuid else None
    earlier = db.session.scalar(
        select(ImportRun)
        .where(
            ImportRun.sha256 == run.sha256,
            ImportRun.representative_office_id == run.representative_office_id,
            ImportRun.kind == run.kind,
            ImportRun.id != run.id,
            ImportRun.state == RunState.APPLIED,
        )
        .order_by(ImportRun.id.desc())
        .limit(1)
    )
    waiting = 0
    if run.state is RunState.CHECKED and run.counts.get(Verdict.DOUBTFUL):
        waiting = (
            db.session.scalar(
                select(func.count())
                .select_from(ImportRow)
                .where(
                    ImportRow.run_id == run.id,
                    ImportRow.verdict == Verdict.DOUBTFUL,
                    ImportRow.decision.is_(None),
                )
            )
            or 0
        )
    return RunPage(run, job, waiting, earlier)


@dataclass(frozen=True)
class RejectedOrder:
    """The job that writes rejected rows, and its file once it is there."""

    run: ImportRun
    job: Job
    file: ProducedFile | None


def own_rejected(actor: Actor, run_id: int, uuid: UUID) -> RejectedOrder | None:
    """Return what this person asked for of an import that this person may see (AZ9). 3 statements."""
    run = visible_run(actor, run_id)
    job = db.session.scalar(
        select(Job).where(Job.uuid == uuid, Job.kind == "imports.rejected", Job.asked_by_id == actor.user_id)
    )
    if run is None or job is None or f'"run": {run.id}}}' not in job.arguments:
        return None
    return RejectedOrder(run, job, produced_by(uuid, actor.user_id))
