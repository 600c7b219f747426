"""What keeps the house itself in order."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from flask import current_app

from ombudsman_app.core.clock import monotonic
from ombudsman_app.core.config import Settings
from ombudsman_app.core.durable import is_full
from ombudsman_app.core.errors import UnsafeSettings
from ombudsman_app.core.jobs.errors import JobFailed
from ombudsman_app.core.jobs.housekeeping import sweep_jobs
from ombudsman_app.core.jobs.registry import periodic
from ombudsman_app.core.jobs.words import N_
from ombudsman_app.core.jobs.work import Work
from ombudsman_app.core.logs import logger
from ombudsman_app.core.once import sweep_sent_forms
from ombudsman_app.core.produced.keeping import sweep_produced
from ombudsman_app.core.sealing import make_backup_key
from ombudsman_app.core.trail.heads import LOG, copy_head

from . import commands
from .backup.errors import BackupBusy, BackupFailed, NoRoom, PlaceRefused
from .backup.making import make_backup
from .queries import BACK_UP

_WIB_AHEAD = timedelta(hours=7)  # Asia/Jakarta has no summer time
_LONGEST_BACKUP_SECONDS = 6 * 3600


@periodic("operations.sweep", N_("Forget ended jobs and keys of forms"), every=timedelta(hours=1))
def sweep(work: Work) -> None:
    """Forget keys of forms and files of jobs after a day, jobs after a year."""
    for number, sweep_some in enumerate((sweep_sent_forms, sweep_jobs, sweep_produced)):
        work.progress(N_("Destroying what may not be kept"), number, 3)
        while sweep_some():
            pass


@periodic("operations.copy_trail_head", N_("Copy the head of the audit trail"), every=timedelta(hours=1))
def copy_trail_head(_work: Work) -> None:
    """Write the signed head out of the database, so that an older state put back is found (LG1)."""
    settings: Settings = current_app.extensions["settings"]
    copy_head(settings.data_dir / LOG)


def _hour_of_backups(settings: Settings) -> timedelta | None:
    """Return from when on the backup of a day is due; None where no folder is named for it."""
    if settings.backup_folder is None:
        return None
    return timedelta(hours=settings.backup_hour) - _WIB_AHEAD


@periodic(
    BACK_UP,
    N_("Copy database and files into a backup"),
    every=timedelta(days=1),
    begins=_hour_of_backups,
    time_limit_seconds=_LONGEST_BACKUP_SECONDS,
    page=lambda uuid, _arguments: ("staff.operations.job", {"uuid": uuid}),
)
def back_up(work: Work) -> None:
    """Make a backup in the folder of the settings and remove the oldest ones (BK1)."""
    settings: Settings = current_app.extensions["settings"]
    with _said_in_words():
        if settings.backup_folder is None:
            raise PlaceRefused("no folder is named")
        if not settings.is_production:
            make_backup_key(settings.backup_key_file)
        made = make_backup(settings, settings.backup_folder, keep=settings.backup_keep, tell=_at_times(work))
    commands.note_backup(made.head, made.summary, actor=work.actor)
    work.finish(size_bytes=made.size_bytes, missing=int(made.summary.details["missing"]))


def _at_times(work: Work) -> Callable[[str, int, int], None]:
    """Tell how far it is once a second at most: each telling is a transaction."""
    told_at, told = float("-inf"), ""

    def tell(step: str, done: int, total: int) -> None:
        nonlocal told_at, told
        if step != told or monotonic() - told_at > 1:
            told_at, told = monotonic(), step
            work.progress(step, done, total)

    return tell


@contextmanager
def _said_in_words() -> Iterator[None]:
    """Turn what went wrong into a code that caretakers read as a sentence; the log has the details."""
    try:
        yield
    except (BackupFailed, PlaceRefused, UnsafeSettings, OSError) as failed:
        logger.error("no backup", code=type(failed).__name__, exc_info=failed)
        raise JobFailed(_code_of(failed)) from failed


def _code_of(failed: Exception) -> str:
    if isinstance(failed, NoRoom) or is_full(failed):
        return "storage_full"
    if isinstance(failed, BackupBusy):
        return "backup_busy"
    if isinstance(failed, UnsafeSettings):
        return "backup_key"
    return "backup_failed" if isinstance(failed, BackupFailed) else "backup_place"
