"""What complaints add to the menus."""

from flask_babel import gettext as _

from ombudsman_app.web.navigation import Entry

MENU = [
    Entry("public", "public.complaints.office", lambda: _("File a complaint"), 10),
    Entry("public", "public.complaints.find", lambda: _("Follow your complaint"), 20),
    Entry("staff", "staff.complaints.queue", lambda: _("Complaints"), 20),
]
