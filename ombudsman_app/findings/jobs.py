"""What is done about findings while nobody looks."""

from datetime import timedelta

from ombudsman_app.core.jobs.registry import periodic
from ombudsman_app.core.jobs.words import N_
from ombudsman_app.core.jobs.work import Work

from .commands import propose_rungs


@periodic("findings.ladder", N_("Propose what follows where no answer came"), every=timedelta(days=1))
def ladder(work: Work) -> None:
    """Propose the next step of what is late, once; a person releases it."""
    work.progress(N_("Looking for answers that are late"), propose_rungs())
