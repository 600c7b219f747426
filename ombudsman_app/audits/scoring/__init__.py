"""Scores, from the sheet to the total: no database, no web. Facts: `audits.md` §6, `rules/audits.yaml`."""
