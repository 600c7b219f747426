"""A calendar address that was just made, as long as its page may show it."""

from flask import current_app, url_for

from ombudsman_app.complaints.commands import NewFeed
from ombudsman_app.complaints.models import CalendarFeed
from ombudsman_app.core.config import Settings

from . import new_secret

_HELD = "new_calendar"


def keep(made: NewFeed) -> None:
    """Keep the token for the page that shows it."""
    new_secret.keep(_HELD, made.id, made.token)


def address_of(feed: CalendarFeed | None) -> str:
    """Return the address while it may be shown; empty after that, and for every other browser."""
    token = new_secret.token_of(_HELD, feed.id) if feed is not None else ""
    if not token:
        return ""
    settings: Settings = current_app.extensions["settings"]
    return settings.public_url + url_for("public.complaints.calendar_file", token=token)
