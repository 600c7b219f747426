"""What imports add to the menus."""

from flask_babel import gettext as _

from ombudsman_app.web.navigation import Entry

MENU = [
    Entry("staff", "staff.imports.brought", lambda: _("Imports"), 37),
]
