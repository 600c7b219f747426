"""What notifications add to the menus of staff and portal."""

from flask_babel import gettext as _

from ombudsman_app.web.access import current_actor
from ombudsman_app.web.navigation import Entry

from . import queries

INBOX = "staff.notifications.inbox"

MENU = [
    Entry(
        "staff",
        INBOX,
        lambda: _("Notifications"),
        25,  # behind complaints and information, whose menu counts for this line too
        badge=lambda: queries.unread_number(current_actor()),
        badge_words=lambda number: _("%(number)s unread", number=number),
    ),
    Entry(
        "portal",
        INBOX,
        lambda: _("News"),  # one of six in a row on a phone
        80,
        icon="message",
        badge=lambda: queries.unread_number(current_actor()),
        badge_words=lambda number: _("%(number)s unread", number=number),
    ),
    Entry(
        "staff",
        "staff.messages.messages",
        lambda: _("Messages that leave"),
        81,
        badge=lambda: queries.unreached_number(current_actor()),
        badge_words=lambda number: _("%(number)s reached nobody", number=number),
    ),
]
