"""Audits of service counters."""
