"""What coverage adds to the menus."""

from ombudsman_app.web.navigation import Entry

MENU: list[Entry] = []
