"""Reading: callers import the names from here."""

from .page import addressed_audit, visible_audit

__all__ = ["addressed_audit", "visible_audit"]
