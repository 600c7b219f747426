"""Counters by the code on their poster."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from ombudsman_app.core.db import db
from ombudsman_app.directory.models import Counter, Office

_READ_AS = str.maketrans("OIL", "011", "- ")  # Crockford: what people mistake, and how they group
_LONGEST = 20


def counter_by_code(code: str) -> Counter | None:
    """Return the counter with its office (institution, region) and services. 2 statements.

    Forgiving as people type: case, spaces, dashes, O for 0. A counter that has ended is found too: its
    poster may hang longer than it, and what happened there lies before.
    """
    plain = code[:_LONGEST].upper().translate(_READ_AS)
    if not (plain.isascii() and plain.isalnum()):
        return None
    return db.session.scalar(
        select(Counter)
        .where(Counter.code == plain)
        .options(
            joinedload(Counter.office).joinedload(Office.institution),
            joinedload(Counter.office).joinedload(Office.region),
            selectinload(Counter.services),
        )
    )
