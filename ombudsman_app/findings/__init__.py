"""Findings and their measures: what an office under watch must answer, by when, and what came of it."""
