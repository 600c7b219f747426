"""What is sent while nobody waits."""

from datetime import timedelta

from ombudsman_app.accounts.commands import MAIL_INVITATION, MAIL_LINK
from ombudsman_app.core.jobs.registry import job, periodic
from ombudsman_app.core.jobs.words import N_
from ombudsman_app.core.jobs.work import Work

from . import commands
from .states import Channel


@job(commands.SEND, N_("Send messages"))
def send(work: Work) -> None:
    """Send what is due on one channel."""
    commands.send_due(Channel(work.arguments["channel"]), work)


@job(MAIL_LINK, N_("Mail a link for a forgotten password"))
def mail_asked_link(work: Work) -> None:
    """Mail a link to whoever asked for one; nobody where the address had no account."""
    commands.mail_asked_link(int(work.arguments["person"]), work)


@job(MAIL_INVITATION, N_("Mail a link for a password"))
def mail_invitation(work: Work) -> None:
    """Mail the link that an administrator ordered, where this house can mail."""
    commands.mail_invitation(int(work.arguments["person_id"]), work)


@periodic("notifications.look_after", N_("Look for messages that still wait"), every=timedelta(minutes=2))
def look_after(_work: Work) -> None:
    """Ask for what is due and nobody sends; end what is of no use any more."""
    for channel in Channel:
        commands.give_up_late(channel)
    commands.look_for_due()


@periodic("notifications.tidy", N_("Forget old notifications and messages"), every=timedelta(hours=6))
def tidy(work: Work) -> None:
    """Forget after a year what people were told."""
    while commands.sweep_old():
        work.progress(N_("Destroying what may not be kept"))
