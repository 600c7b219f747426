"""What the caretakers' screens add to the menu."""

from flask_babel import gettext as _

from ombudsman_app.web.access import current_actor
from ombudsman_app.web.navigation import Entry

from . import queries

MENU = [
    Entry("staff", "staff.operations.overview", lambda: _("Backups"), 81),
    Entry(
        "staff",
        "staff.operations.jobs",
        lambda: _("Jobs of the system"),
        80,
        badge=lambda: queries.failed_number(current_actor()),
        badge_words=lambda number: _("%(number)s failed", number=number),
    ),
]
