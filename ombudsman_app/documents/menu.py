"""What papers add to the menus."""

from flask_babel import gettext as _

from ombudsman_app.web.navigation import Entry

MENU = [Entry("staff", "staff.documents.register", lambda: _("Letters"), 25)]
