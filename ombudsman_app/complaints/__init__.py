"""Complaints: from the counter to the last letter (`design.md` §4)."""
