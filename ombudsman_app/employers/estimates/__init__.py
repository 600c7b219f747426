"""Estimates of unpaid contributions: counted from dated rates, step by step. No database in here."""
