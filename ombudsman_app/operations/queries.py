"""Jobs for those who look after them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, literal, select

from ombudsman_app.core import limits
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.models import Job, JobAttempt, JobState
from ombudsman_app.core.policy import Actor
from ombudsman_app.web.paging import Page, page_back, page_on

from .scope import scope

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
