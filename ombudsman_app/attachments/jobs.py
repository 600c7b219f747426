"""What is done with files while nobody waits."""

from datetime import timedelta

from ombudsman_app.core.jobs.registry import job, periodic
from ombudsman_app.core.jobs.words import N_
from ombudsman_app.core.jobs.work import Work

from . import commands


@job("attachments.check", N_("Look into a file that arrived"), time_limit_seconds=180, memory_bytes=1 << 30)
def check(work: Work) -> None:
    """Examine one file and take it out of quarantine, or refuse it."""
    commands.check_file(int(work.arguments["file"]), work)


@periodic("attachments.look_after", N_("Finish and check files that were left"), every=timedelta(minutes=5))
def look_after(work: Work) -> None:
    """Finish uploads whose sender was cut off at the end; ask again for files in quarantine."""
    commands.finish_whole_uploads()
    work.progress(N_("Looking for files that still wait"))
    commands.check_again()


@periodic("attachments.tidy", N_("Remove bytes that no file names"), every=timedelta(hours=1))
def tidy(work: Work) -> None:
    """Forget uploads after a day, and remove what nobody names."""
    while commands.sweep_uploads():
        pass
    work.progress(N_("Destroying what may not be kept"))
    commands.remove_orphans()
