"""Titles and reasons of jobs as msgids; the pages put them into the language of who reads.

KD4 forbids module-level state that changes: these tables do not.
"""

from collections.abc import Mapping
from types import MappingProxyType


def N_(text: str) -> str:  # noqa: N802 - the name that extraction looks for
    """Mark a sentence for the catalogue where there is no language yet."""
    return text


REASONS: Mapping[str, str] = MappingProxyType(
    {
        "broken": N_("It ended with an error. The caretakers find the details in the log."),
        "stopped": N_("The service was stopped while it worked; it goes on by itself."),
        "lost": N_("The program that worked on it ended before it was done."),
        "too_long": N_("It took longer than it may."),
        "too_much_memory": N_("It needed more memory than it may take."),
        "unknown_kind": N_("This release does not know work of this kind."),
        "not_allowed": N_("Whoever asked for it may no longer do so."),
        "too_many_rows": N_("There are more rows by now than were allowed. Ask for the sheet again."),
        "gone": N_("What it was about is no longer there."),
        "cancelled": N_("Somebody cancelled it."),
        "storage_full": N_("There was no room left to store it."),
        "backup_failed": N_("What was read back was not whole, or the database is damaged."),
        "backup_key": N_("The backup key is missing, or others may read it."),
        "backup_place": N_("The folder for backups cannot be written to."),
        "backup_busy": N_("Another backup was being made at that moment."),
        "child_away": N_("The part of the service that does this does not run just now."),
        "signing_missing": N_("The key or the certificate of the office is not on this machine."),
        "signing_expired": N_("The certificate of the office has expired."),
        "signing_not_yet": N_("The certificate of the office is not valid yet, or the clock here is wrong."),
        "signing_unreadable": N_("The key or the certificate of the office cannot be read."),
        "signing_does_not_fit": N_("The key and the certificate of the office do not belong together."),
        "signing_exposed": N_("Others may read the key of the office; it is not used until that is mended."),
        "child_refused": N_("What was to be drawn asked for something that is not ours."),
    }
)
