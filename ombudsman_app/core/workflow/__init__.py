"""State machines, time limits, holidays, and rules with their sources."""
