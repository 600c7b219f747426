"""Compliance cases: what may happen to one and when, who may see and do it, its words and forms."""
