"""Ticket number and access code: of one form, whether it is a complaint or information."""

from datetime import date

from ombudsman_app.core.sealing import crockford_check, hmac_hex, random_crockford
from ombudsman_app.directory.models import RepresentativeOffice

_TICKET_LETTERS = 8


def new_ticket(handling: RepresentativeOffice, received_on: date) -> str:
    """Return a ticket such as MAM-2026-7K3Q9XWA-5; random, so that it tells nothing about numbers."""
    letters = random_crockford(_TICKET_LETTERS)
    return f"{handling.code}-{received_on.year}-{letters}-{crockford_check(letters)}"


def access_code_hash(code: str) -> str:
    """Return how an access code is stored (AU7)."""
    return hmac_hex(code, purpose="access-code")
