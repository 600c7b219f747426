"""What complaints add to the menus."""

from flask import g
from flask_babel import gettext as _

from ombudsman_app.core.clock import today
from ombudsman_app.notifications.menu import INBOX
from ombudsman_app.web.access import current_actor
from ombudsman_app.web.navigation import Entry, know_badge, know_badges

from . import queries


def _numbers() -> queries.MenuNumbers:
    """Count once per page for all entries that are counted together. 0 or 1 statement."""
    if "complaint_numbers" not in g:
        actor = current_actor()
        g.complaint_numbers = queries.menu_numbers(actor, today=today(actor.time_zone))
        know_badge(INBOX, g.complaint_numbers.unread)
        know_badges(g.complaint_numbers.others)
    numbers: queries.MenuNumbers = g.complaint_numbers
    return numbers


MENU = [
    Entry("staff", "staff.identities.opened", lambda: _("Opened identities"), 60),
    Entry("public", "public.complaints.office", lambda: _("File a complaint"), 10),
    Entry("public", "public.complaints.find", lambda: _("Follow your complaint"), 20),
    Entry(
        "staff",
        "staff.complaints.queue",
        lambda: _("Complaints"),
        20,
        badge=lambda: _numbers().overdue,
        badge_words=lambda number: _("%(number)s overdue", number=number),
    ),
    Entry(
        "portal",
        "portal.clarifications.inbox",
        lambda: _("Explanations"),
        15,
        icon="message",
    ),
    Entry(
        "staff",
        "staff.tips.queue",
        lambda: _("Information"),
        21,
        badge=lambda: _numbers().waiting_tips,
        badge_words=lambda number: _("%(number)s waiting for us", number=number),
    ),
]
