"""What caretakers do with jobs; each act stands on the trail."""

from ombudsman_app.core.db import command
from ombudsman_app.core.errors import MoveNotAllowed
from ombudsman_app.core.jobs import claiming
from ombudsman_app.core.jobs.models import LIVING, Job
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record


@command
def cancel_job(job: Job, *, actor: Actor) -> None:
    """Stop a job that waits or runs. Raises MoveNotAllowed when it has ended."""
    if job.state not in LIVING or not claiming.cancel(job.uuid):
        raise MoveNotAllowed
    record(Event.CORE_JOB_CANCELLED, "job", job.id, actor=actor, changes={"kind": job.kind})


@command
def retry_job(job: Job, *, actor: Actor) -> None:
    """Let a failed job begin anew. Raises MoveNotAllowed when it has not failed."""
    if not claiming.retry(job.uuid):
        raise MoveNotAllowed
    record(Event.CORE_JOB_RETRIED, "job", job.id, actor=actor, changes={"kind": job.kind})
