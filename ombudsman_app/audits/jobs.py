"""What is done about audits while nobody looks."""

from datetime import timedelta

from ombudsman_app.core.jobs.registry import periodic
from ombudsman_app.core.jobs.words import N_
from ombudsman_app.core.jobs.work import Work

from .commands.reminding import remind_of_visits
from .commands.reminding_offices import remind_offices


@periodic("audits.visits", N_("Remind teams of their visits"), every=timedelta(hours=1))
def visits(work: Work) -> None:
    """Remind, where the working day has begun, who visits an office on the next one."""
    work.progress(N_("Looking for visits that are near"), remind_of_visits())


@periodic("audits.reminders", N_("Remind offices of the draft results of audits"), every=timedelta(hours=6))
def reminders(work: Work) -> None:
    """Tell of times to answer that end soon or are over, once each."""
    work.progress(N_("Looking for times that end"), remind_offices())
