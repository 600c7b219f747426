"""Counters of an office, and counters by the code on their poster."""

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.directory.models import Counter, Office

from .lines import HOME_ZONE

_READ_AS = str.maketrans("OIL", "011", "- ")  # Crockford: what people mistake, and how they group
_LONGEST = 20


def counters_of(office_id: int) -> list[Counter]:
    """Return the counters open today, in the order of the hall, with their services. 2 statements."""
    found = db.session.scalars(
        select(Counter)
        .where(Counter.office_id == office_id, Counter.holds_on(today(HOME_ZONE)))
        .order_by(Counter.position, Counter.id)
        .options(selectinload(Counter.services))
    )
    return list(found.unique())


def counter_by_id(counter_id: int) -> Counter | None:
    """Return the counter with its office (institution, region) and services. 2 statements."""
    return db.session.scalars(_whole().where(Counter.id == counter_id)).unique().one_or_none()


def counter_by_code(code: str) -> Counter | None:
    """Return the counter with its office (institution, region) and services. 2 statements.

    Forgiving as people type: case, spaces, dashes, O for 0. A counter that has ended is found too: its
    poster may hang longer than it, and what happened there lies before.
    """
    plain = plain_code(code)
    return db.session.scalars(_whole().where(Counter.code == plain)).unique().one_or_none() if plain else None


def plain_code(code: str) -> str:
    """Return a code as it is stored; empty where it cannot be one."""
    plain = code[:_LONGEST].upper().translate(_READ_AS)
    return plain if plain.isascii() and plain.isalnum() else ""


def _whole() -> Select[Counter]:
    return select(Counter).options(
        joinedload(Counter.office).joinedload(Office.institution),
        joinedload(Counter.office).joinedload(Office.region),
        selectinload(Counter.services),
    )
