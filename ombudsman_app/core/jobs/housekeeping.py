"""Ended jobs are forgotten after a year: by then their traces stand on the trail alone."""

from datetime import timedelta

from sqlalchemy import delete, select

from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db

from .models import LIVING, Job, JobAttempt

KEPT = timedelta(days=365)
_SWEPT_AT_ONCE = 500


@command
def sweep_jobs() -> bool:
    """Forget jobs that ended a year ago, some at a time; return whether there were any."""
    old = db.session.scalars(
        select(Job.id).where(Job.state.not_in(LIVING), Job.ended_at < now() - KEPT).limit(_SWEPT_AT_ONCE)
    ).all()
    if old:
        for statement in (
            delete(JobAttempt).where(JobAttempt.job_id.in_(old)),
            delete(Job).where(Job.id.in_(old)),
        ):
            db.session.execute(statement.execution_options(synchronize_session=False))
    return bool(old)
