"""Screens of complaints, one file or folder per face."""
