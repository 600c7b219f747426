"""What keeps the house itself in order."""

from datetime import timedelta

from flask import current_app

from ombudsman_app.core.config import Settings
from ombudsman_app.core.jobs.housekeeping import sweep_jobs
from ombudsman_app.core.jobs.registry import periodic
from ombudsman_app.core.jobs.words import N_
from ombudsman_app.core.jobs.work import Work
from ombudsman_app.core.once import sweep_sent_forms
from ombudsman_app.core.produced.keeping import sweep_produced
from ombudsman_app.core.trail.heads import LOG, copy_head


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
