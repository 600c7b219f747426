"""A calendar address that was just made: shown to this browser for a while, sealed in its session.

After that only its hash exists. The seal is bound to the address that holds now.
"""

import json
from base64 import b64decode, b64encode
from datetime import timedelta

from flask import current_app, session, url_for

from ombudsman_app.complaints.commands import NewFeed
from ombudsman_app.complaints.models import CalendarFeed
from ombudsman_app.core.clock import now
from ombudsman_app.core.config import Settings
from ombudsman_app.core.sealing import SealBroken, seal, unseal

SHOWN_FOR = timedelta(minutes=10)
_HELD = "new_calendar"
_PURPOSE = "waiting-in-session"


def keep(made: NewFeed) -> None:
    """Keep the token for the page that shows it; a lost answer loses nothing."""
    held = json.dumps({"token": made.token, "at": int(now().timestamp())})
    session[_HELD] = b64encode(seal(held.encode(), purpose=_PURPOSE, place=_place(made.id))).decode()


def address_of(feed: CalendarFeed | None) -> str:
    """Return the address while it may be shown; empty after that, and for every other browser."""
    held = session.get(_HELD) if feed is not None else None
    if feed is None or not held:
        return ""
    try:
        value = json.loads(unseal(b64decode(held), purpose=_PURPOSE, place=_place(feed.id)))
    except SealBroken:
        return ""
    if now().timestamp() - value["at"] >= SHOWN_FOR.total_seconds():
        return ""
    settings: Settings = current_app.extensions["settings"]
    return settings.public_url + url_for("public.complaints.calendar_file", token=value["token"])


def _place(feed_id: int) -> str:
    return f"{_HELD}.{feed_id}"
