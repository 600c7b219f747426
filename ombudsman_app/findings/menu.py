"""What findings add to the menus."""

from flask_babel import gettext as _

from ombudsman_app.web.navigation import Entry

MENU = [
    Entry("staff", "staff.findings.register", lambda: _("Findings"), 30),
    Entry("portal", "portal.findings.inbox", lambda: _("Findings"), 20, icon="file"),
]
