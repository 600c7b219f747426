"""What caretakers do with jobs and backups; each act stands on the trail."""

from uuid import UUID

from ombudsman_app.core.db import command
from ombudsman_app.core.errors import MoveNotAllowed
from ombudsman_app.core.jobs import claiming
from ombudsman_app.core.jobs.models import LIVING, Job
from ombudsman_app.core.jobs.outbox import enqueue
from ombudsman_app.core.policy import STRANGER, Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record

from .backup.archive import Head, Summary
from .queries import BACK_UP


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


@command
def ask_for_backup(*, actor: Actor) -> UUID:
    """Have a backup made now; while one is being made, that one. The trail tells it when it is there."""
    return enqueue(BACK_UP, actor=actor, once="periodic")


@command
def note_backup(head: Head, summary: Summary, *, actor: Actor) -> None:
    """Put on the trail that a copy of everything was made, and with which key (LG2)."""
    changes = {"made_at": head.made_at, "key": head.key_id, "sha256": summary.sha256}
    record(Event.OPERATIONS_BACKUP_MADE, "backup", None, actor=actor, changes=changes)


@command
def note_restored(head: Head, summary: Summary) -> None:
    """Put on the trail that all before this entry was put back from a backup."""
    changes = {"made_at": head.made_at, "instance": head.instance, "sha256": summary.sha256}
    record(Event.OPERATIONS_BACKUP_RESTORED, "backup", None, actor=STRANGER, changes=changes)
