"""Crashes and lost races: what was acknowledged is stored exactly once (FB1)."""
