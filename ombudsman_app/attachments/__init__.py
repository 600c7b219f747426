"""Files that belong to a record: they arrive in pieces, lie sealed, and leave as cleaned copies (ADR 12)."""
