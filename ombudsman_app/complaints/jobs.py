"""What is done about complaints while nobody looks."""

from datetime import timedelta

from ombudsman_app.core.jobs.registry import job, periodic
from ombudsman_app.core.jobs.words import N_
from ombudsman_app.core.jobs.work import Work

from .commands import REPORT_OPENED, begin_mornings, propose_moves, receive_report, sweep_drafts


@periodic("complaints.sweep_drafts", N_("Destroy ended drafts and access codes"), every=timedelta(hours=1))
def sweep(work: Work) -> None:
    """Destroy drafts after seven days and access codes after 24 hours (`design.md` §12, AU7)."""
    rounds = 0
    while sweep_drafts():
        rounds += 1
        work.progress(N_("Destroying what may not be kept"), rounds)


@job(REPORT_OPENED, N_("Note that an office received a report"))
def report_opened(work: Work) -> None:
    """Let the time for corrective action run on the case; again it changes nothing."""
    receive_report(int(work.arguments["finding"]))


@periodic("complaints.morning", N_("Tell in the morning what falls due"), every=timedelta(minutes=15))
def morning(_work: Work) -> None:
    """Tell officers what falls due and heads what was opened, where the day has begun."""
    begin_mornings()


@periodic("complaints.propose", N_("Propose what follows when a time has ended"), every=timedelta(hours=1))
def propose(_work: Work) -> None:
    """Tell examiners whose respondents let their time pass; by the hour, since midnight comes three times."""
    propose_moves()
