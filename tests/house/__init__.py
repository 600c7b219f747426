"""Promises of the house itself."""
