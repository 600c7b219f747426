"""Which rows may be one employer, and why. No database, no web; nothing is ever joined by it."""
