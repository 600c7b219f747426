"""Changing: callers import the names from here."""
