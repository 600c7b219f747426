"""How jobs and backups look in lists."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from ombudsman_app.core.jobs.models import Job, JobAttempt
from ombudsman_app.core.jobs.shown import ShownJob, shown_job
from ombudsman_app.core.jobs.words import REASONS

from .backup.folder import Kept


@dataclass(frozen=True)
class JobRow:
    """A line of the list."""

    shown: ShownJob
    kind: str
    attempts: int
    created_at: datetime
    ended_at: datetime | None
    run_after: datetime


@dataclass(frozen=True)
class AttemptRow:
    """One try."""

    number: int
    started_at: datetime
    ended_at: datetime | None
    reason: str


@dataclass(frozen=True)
class BackupRow:
    """A line of the list of backups."""

    name: str
    made_at: datetime
    size_bytes: int
    key_id: str


def backup_row(kept: Kept) -> BackupRow:
    """Put a backup into a line."""
    return BackupRow(kept.path.name, kept.made_at, kept.size_bytes, kept.head.key_id)


def job_row(job: Job) -> JobRow:
    """Put a job into a line."""
    return JobRow(shown_job(job), job.kind, job.attempts, job.created_at, job.ended_at, job.run_after)


def attempt_row(attempt: JobAttempt) -> AttemptRow:
    """Put a try into a line."""
    reason = _(REASONS[attempt.reason]) if attempt.reason in REASONS else ""
    return AttemptRow(attempt.token, attempt.started_at, attempt.ended_at, reason)


def progress_of(shown: ShownJob) -> dict[str, Any]:
    """Return what the bar of progress may know."""
    return asdict(shown)
