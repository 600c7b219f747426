"""What is done about employers while nobody looks."""

from datetime import timedelta

from ombudsman_app.core.jobs.registry import periodic
from ombudsman_app.core.jobs.words import N_
from ombudsman_app.core.jobs.work import Work

from .commands.cases import notice_delays


@periodic(
    "employers.delays", N_("Remind public bodies that are late with employers"), every=timedelta(days=1)
)
def delays(work: Work) -> None:
    """Remind once of each last day that passed; propose what stays late, once; a person decides."""
    reminded, _proposed = notice_delays()
    work.progress(N_("Looking for public bodies that are late"), reminded)
