"""What is done about audits while nobody looks."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from ombudsman_app.core.errors import NotVisible
from ombudsman_app.core.jobs.registry import job, periodic
from ombudsman_app.core.jobs.words import N_
from ombudsman_app.core.jobs.work import Work

from . import instrument_jobs  # noqa: F401 - its jobs make themselves known
from .commands import send_findings
from .commands.reminding import remind_of_visits
from .commands.reminding_offices import remind_offices
from .queries import visible_audit
from .queries.orders import SENDING


@periodic("audits.visits", N_("Remind teams of their visits"), every=timedelta(hours=1))
def visits(work: Work) -> None:
    """Remind, where the working day has begun, who visits an office on the next one."""
    work.progress(N_("Looking for visits that are near"), remind_of_visits())


@periodic("audits.reminders", N_("Remind offices of the draft results of audits"), every=timedelta(hours=6))
def reminders(work: Work) -> None:
    """Tell of times to answer that end soon or are over, once each."""
    work.progress(N_("Looking for times that end"), remind_offices())


def _sending(uuid: UUID, _arguments: Any) -> tuple[str, dict[str, Any]]:
    return "staff.audits.sending", {"uuid": uuid}


@job(SENDING, N_("Send the findings of an audit"), time_limit_seconds=600, page=_sending)
def send(work: Work) -> None:
    """Send what is still a draft, with the rights of this moment; begun anew, it goes on with the others."""
    actor = work.actor
    audit = visible_audit(actor, int(work.arguments["audit"]))
    if audit is None:
        raise NotVisible
    step = N_("Sending findings")
    send_findings(audit, actor=actor, told=lambda done, total: work.progress(step, done, total))
