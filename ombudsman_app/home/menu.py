"""The first line of each menu."""

from flask_babel import gettext as _

from ombudsman_app.web.navigation import Entry

MENU = [
    Entry("staff", "staff.home.start", lambda: _("Desk"), 10),
    Entry("portal", "portal.home.start", lambda: _("Asked of us"), 10, icon="file"),
    Entry("public", "public.home.guide", lambda: _("Help"), 90),
]
