"""What employers add to the menus."""

from flask_babel import gettext as _

from ombudsman_app.web.navigation import Entry

MENU = [
    Entry("staff", "staff.employers.register", lambda: _("Employers"), 35),
    Entry("portal", "portal.compliance.inbox", lambda: _("Employers"), 25, icon="file"),
]
