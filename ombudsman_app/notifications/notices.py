"""What there is to tell about work that somebody asked for: how it ended, and where that is seen."""

from datetime import timedelta

from sqlalchemy import Select, select

from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.models import Job, JobState
from ombudsman_app.core.jobs.registry import kind_of
from ombudsman_app.core.jobs.shown import page_of, title_of
from ombudsman_app.core.jobs.words import N_
from ombudsman_app.core.policy import STAFF_ROLES, Actor

from .commands import notify
from .kinds import Kind, Place, RecordKind, register, register_record

JOB = "job"
PATIENCE = timedelta(minutes=1)  # so long somebody watches the page; what took longer is told


def job_ended(job_id: int) -> None:
    """Tell whoever asked for a job how it ended, inside the command that ends it. 1 statement for the most.

    A success that came while its page was still looked at is no news.
    """
    job = db.session.scalars(
        select(Job).where(Job.id == job_id).execution_options(populate_existing=True)
    ).one()
    known = kind_of(job.kind)
    if known is None or known.page is None or job.ended_at is None:
        return
    if job.state is JobState.DONE and job.ended_at - job.created_at < PATIENCE:
        return
    kind = "jobs.done" if job.state is JobState.DONE else "jobs.failed"
    key = f"{job.uuid}:{job.ended_at.isoformat()}"  # begun anew, it may end otherwise
    notify(kind, [job.asked_by_id], key=key, about=job.id, facts={"work": job.kind})


def _own_jobs(actor: Actor) -> Select[int]:
    return select(Job.id).where(Job.asked_by_id == actor.user_id)


def _page_of(job_id: int) -> Place | None:
    """Return where a job is seen by who asked for it. 1 statement."""
    job = db.session.get(Job, job_id)
    page = page_of(job) if job is not None else None
    return Place(*page) if page is not None else None


register_record(RecordKind(JOB, visible=_own_jobs, endpoint="staff.notifications.inbox", place=_page_of))
register(
    Kind(
        "jobs.done",
        N_("Work that you asked for is done"),
        N_("Done: %(work)s."),
        roles=STAFF_ROLES,
        about=JOB,
        channels=frozenset(),
        shown={"work": title_of},
    ),
    Kind(
        "jobs.failed",
        N_("Work that you asked for has failed"),
        N_("Failed: %(work)s. Its page says why."),
        roles=STAFF_ROLES,
        about=JOB,
        shown={"work": title_of},
    ),
)
