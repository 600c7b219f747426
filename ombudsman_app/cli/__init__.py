"""The `ombudsman` command: one module per subject."""
