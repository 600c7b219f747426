"""Asking for a link to a new password without being signed in."""

from ombudsman_app.accounts import queries
from ombudsman_app.core import throttle
from ombudsman_app.core.db import command
from ombudsman_app.core.jobs.outbox import enqueue
from ombudsman_app.core.policy import STRANGER
from ombudsman_app.core.sealing import hmac_hex
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record

MAIL_LINK = "accounts.mail_link"  # a job that those answer who mail


def ask_for_link(email: str, *, address: str) -> None:
    """Have a link mailed to a normalised address, if it has an account; nobody learns whether (AU3).

    Known, unknown and deactivated cost the same: one count, one look, one entry on the trail, one job. The
    link works once and short, and whoever uses it still needs the second factor. Raises TooManyTries.
    """
    throttle.check("forgotten_password", email, address)
    held = queries.credentials_of(email)
    _ask(email, held.user_id if held is not None and held.is_active else 0)


@command
def _ask(email: str, person_id: int) -> None:
    digest = hmac_hex(email, purpose="sign-in-address")
    record(Event.ACCOUNTS_PASSWORD_FORGOTTEN, "sign_in", None, actor=STRANGER, changes={"address": digest})
    enqueue(MAIL_LINK, actor=STRANGER, arguments={"person": person_id})
