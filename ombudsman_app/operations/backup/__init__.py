"""Whole copies of the house, sealed in one file each, and putting one back (security.md §12)."""
