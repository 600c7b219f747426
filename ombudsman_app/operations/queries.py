"""Jobs and backups for those who look after them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from flask import current_app
from sqlalchemy import func, literal, select

from ombudsman_app.core import limits
from ombudsman_app.core.clock import now
from ombudsman_app.core.config import Settings
from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.models import Job, JobAttempt, JobState
from ombudsman_app.core.policy import Actor
from ombudsman_app.web.paging import Page, page_back, page_on

from .backup.folder import Kept, kept_in
from .backup.making import instance_of
from .scope import scope

BACK_UP = "operations.back_up"  # the kind of job
OLD_AFTER = timedelta(hours=36)  # a night was missed
_TROUBLED_AFTER = timedelta(minutes=5)  # a job that is due for so long tells that nobody works


@dataclass(frozen=True)
class JobsPage:
    """A list of one state, the numbers of all, and whether anybody works at all."""

    page: Page[Job]
    counts: dict[JobState, int]  # stop at 1,001
    oldest_due_minutes: int | None  # since when the longest waiting job is due; None: none waits for long


def jobs_page(
    actor: Actor, state: JobState, *, before: int | None = None, after: int | None = None
) -> JobsPage:
    """Return jobs of one state, the youngest first, by keyset. 3 statements."""
    rows = scope(actor).jobs().where(Job.state == state)
    size = limits.PAGE_ROWS
    if after is not None:  # younger ones, on the way back
        found = db.session.scalars(rows.where(Job.id > after).order_by(Job.id).limit(size + 1)).all()
        page = page_back(found, size, lambda job: str(job.id))
    else:
        older = rows if before is None else rows.where(Job.id < before)
        found = db.session.scalars(older.order_by(Job.id.desc()).limit(size + 1)).all()
        page = page_on(found, size, lambda job: str(job.id), is_first=before is None)
    return JobsPage(page, _counts(actor), _oldest_due(actor))


def _counts(actor: Actor) -> dict[JobState, int]:
    """Count each state up to 1,001. 1 statement."""
    rows = scope(actor).jobs().subquery()
    parts = [
        select(func.count())
        .select_from(select(literal(1)).where(rows.c.state == state).limit(limits.COUNT_STOPS_AT).subquery())
        .scalar_subquery()
        .label(state.value)
        for state in JobState
    ]
    found = db.session.execute(select(*parts)).one()._mapping
    return {state: int(found[state.value]) for state in JobState}


def failed_number(actor: Actor) -> int:
    """Count the failed jobs, for the menu; stops at 1,001. 1 statement."""
    rows = scope(actor).jobs().where(Job.state == JobState.FAILED).limit(limits.COUNT_STOPS_AT).subquery()
    return db.session.scalar(select(func.count()).select_from(rows)) or 0


def _oldest_due(actor: Actor) -> int | None:
    waiting = scope(actor).jobs().where(Job.state == JobState.WAITING).subquery()
    oldest = db.session.scalar(select(func.min(waiting.c.run_after)))
    if oldest is None or now() - oldest < _TROUBLED_AFTER:
        return None
    return int((now() - oldest).total_seconds() // 60)


def visible_job(actor: Actor, uuid: UUID) -> Job | None:
    """Return a job that this person may see. 1 statement."""
    return db.session.scalar(scope(actor).jobs().where(Job.uuid == uuid))


def attempts_of(job: Job) -> Sequence[JobAttempt]:
    """Return the tries of a job, the first one first. 1 statement."""
    return db.session.scalars(
        select(JobAttempt).where(JobAttempt.job_id == job.id).order_by(JobAttempt.token).limit(50)
    ).all()


@dataclass(frozen=True)
class BackupsPage:
    """What lies in the folder of backups, and how the last attempt went."""

    folder: Path | None  # None: nobody named one
    kept: list[Kept]  # of this house, the newest first
    job: Job | None  # the last one that made or makes a backup
    has_key: bool
    hour: int
    keep: int

    @property
    def newest(self) -> Kept | None:
        return self.kept[0] if self.kept else None

    @property
    def age(self) -> timedelta | None:
        return now() - self.kept[0].made_at if self.kept else None

    @property
    def is_fresh(self) -> bool:
        return self.age is not None and self.age < timedelta(hours=1)

    @property
    def is_old(self) -> bool:
        """Whether a backup is overdue, or there is none."""
        return self.folder is not None and (self.age is None or self.age > OLD_AFTER)


def backups_page(actor: Actor) -> BackupsPage:
    """Look into the folder of backups. 1 statement."""
    settings: Settings = current_app.extensions["settings"]
    folder = settings.backup_folder
    jobs = scope(actor).jobs().where(Job.kind == BACK_UP)
    return BackupsPage(
        folder=folder,
        kept=kept_in(folder, instance_of(settings)) if folder else [],
        job=db.session.scalar(jobs.order_by(Job.id.desc()).limit(1)),
        has_key=settings.backup_key_file.exists(),
        hour=settings.backup_hour,
        keep=settings.backup_keep,
    )
