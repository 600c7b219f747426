"""What accounts add to the menus: all of them for administrators, the own office for the portal."""

from flask_babel import gettext as _

from ombudsman_app.web.navigation import Entry

MENU = [
    Entry("staff", "staff.accounts.people", lambda: _("Accounts"), 83),
    Entry("portal", "portal.accounts.colleagues", lambda: _("Our office"), 70, icon="office"),
]
