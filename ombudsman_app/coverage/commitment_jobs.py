"""Bodies are reminded of what they promised."""

from datetime import timedelta

from ombudsman_app.core.jobs.registry import periodic
from ombudsman_app.core.jobs.words import N_
from ombudsman_app.core.jobs.work import Work

from .commands.commitment_reminders import remind_all


@periodic("coverage.remind", N_("Remind bodies of what they promised at meetings"), every=timedelta(days=1))
def remind(work: Work) -> None:
    """Remind before and after the last day of a commitment, each time once."""
    work.progress(N_("Looking for commitments that are due"), remind_all())
