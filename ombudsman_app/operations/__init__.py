"""Caretakers' screens and the health of the house."""
