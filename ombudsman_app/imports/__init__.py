"""Imports of sheets: upload, mapping, dry run, decisions, apply, undo (`design.md` §12 Homes)."""
