"""What coverage adds to the menus."""

from flask_babel import gettext as _

from ombudsman_app.web.access import current_actor
from ombudsman_app.web.navigation import Entry, count_together

from .queries import figure_list

count_together(figure_list.waiting_part)

MENU: list[Entry] = [
    Entry(
        "staff",
        figure_list.HOME,
        lambda: _("Coverage"),
        44,
        badge=lambda: figure_list.waiting_figures(current_actor()),
        badge_words=lambda number: _("%(number)s waiting for your decision", number=number),
    ),
    Entry("staff", "staff.duties.summary", lambda: _("Inpres duties"), 45),
    Entry("staff", "staff.local_rules.rules", lambda: _("Local rules"), 46),
    Entry("staff", "staff.innovations.innovations", lambda: _("Innovations"), 47),
    Entry("public", "public.coverage.overview", lambda: _("Coverage"), 40),
    Entry("staff", "staff.meetings.meetings", lambda: _("Meetings"), 36),
    Entry("staff", "staff.outreach.events", lambda: _("Outreach"), 37),
    Entry("portal", "portal.meetings.inbox", lambda: _("Meetings"), 26, icon="person"),
    Entry("portal", "portal.outreach.events", lambda: _("Outreach"), 27, icon="person"),
    Entry("portal", "portal.duties.checklist", lambda: _("Inpres"), 35, icon="check"),
]
