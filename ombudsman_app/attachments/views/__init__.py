"""Screens of this domain, one file per face."""
