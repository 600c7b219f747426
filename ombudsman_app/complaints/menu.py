"""What complaints add to the menus."""

from flask_babel import gettext as _

from ombudsman_app.core.clock import today
from ombudsman_app.web.access import current_actor
from ombudsman_app.web.navigation import Entry

from . import queries


def _overdue() -> int:
    actor = current_actor()
    return queries.overdue_number(actor, today=today(actor.time_zone))


MENU = [
    Entry("public", "public.complaints.office", lambda: _("File a complaint"), 10),
    Entry("public", "public.complaints.find", lambda: _("Follow your complaint"), 20),
    Entry(
        "staff",
        "staff.complaints.queue",
        lambda: _("Complaints"),
        20,
        badge=_overdue,
        badge_words=lambda number: _("%(number)s overdue", number=number),
    ),
]
