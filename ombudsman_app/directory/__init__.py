"""Regions, institutions, offices, counters, services, the Ombudsman's own offices: all of it public."""
