"""Due days as a calendar program shows them: ticket and name of the clock, nothing else (AU6)."""

from flask_babel import force_locale
from flask_babel import gettext as _

from ombudsman_app.complaints.models import FeedKind
from ombudsman_app.complaints.queries import DueClock, OpenFeed
from ombudsman_app.web.calendar_file import DueDay, calendar_file

from .words import clock_label


def feed_file(feed: OpenFeed, product: str) -> bytes:
    """Write the file of an address, in the language of the page on which it was made."""
    with force_locale(feed.language):
        days = [
            DueDay(
                uid=one.uid,
                day=one.due_on,
                words=_words(one),
                changed_at=one.changed_at,
                sequence=one.moves,
                remind_on=one.remind_on,
            )
            for one in feed.clocks
        ]
        return calendar_file(f"{product} · {feed.ticket or kind_label(feed.kind)}", days, product=product)


def _words(one: DueClock) -> str:
    named = {"ticket": one.ticket, "clock": clock_label(one.clock)}
    if one.is_paused:
        return str(_("%(ticket)s: %(clock)s (stands still)", **named))
    return f"{one.ticket}: {named['clock']}"


def kind_label(kind: FeedKind) -> str:
    """Say which cases a personal calendar shows."""
    if kind is FeedKind.OFFICE:
        return str(_("All open cases of my office"))
    return str(_("The cases that I work on"))
