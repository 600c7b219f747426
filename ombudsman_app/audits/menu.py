"""What audits add to the menus."""

from flask_babel import gettext as _

from ombudsman_app.web.navigation import Entry

MENU = [
    Entry("public", "public.audits.overview", lambda: _("Audits of offices"), 35),
    Entry("staff", "staff.audits.rounds", lambda: _("Audits"), 35),
    Entry("staff", "staff.audits.instruments", lambda: _("Instruments"), 36),
    Entry("portal", "portal.audits.inbox", lambda: _("Audits"), 15, icon="file"),
]
