"""What the directory adds to the menus."""

from flask_babel import gettext as _

from ombudsman_app.web.navigation import Entry

MENU = [
    Entry("public", "public.directory.offices", lambda: _("Offices"), 30),
    Entry("staff", "staff.directory.counters", lambda: _("Counters and posters"), 60),
]
