"""Audits of service counters: instruments, rounds, field work, scores."""
