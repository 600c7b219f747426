"""What people type about audits: callers import the names from here."""
