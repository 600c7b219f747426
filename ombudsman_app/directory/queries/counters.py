"""Counters of an office, and counters by the code on their poster."""

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.directory.models import Counter, CounterService, Office, Service

from .lines import HOME_ZONE

_READ_AS = str.maketrans("OIL", "011", "- ")  # Crockford: what people mistake, and how they group
_LONGEST = 20


def counters_of(office_id: int) -> list[Counter]:
    """Return the counters open today, in the order of the hall, with their services. 1 statement."""
    found = db.session.scalars(
        _with_services()
        .where(Counter.office_id == office_id, Counter.holds_on(today(HOME_ZONE)))
        .order_by(Counter.position, Counter.id, Service.position)
    )
    return list(found.unique())


def counter_by_id(counter_id: int) -> Counter | None:
    """Return the counter with its office (institution, region) and services. 1 statement."""
    return db.session.scalars(_whole().where(Counter.id == counter_id)).unique().one_or_none()


def counter_by_code(code: str) -> Counter | None:
    """Return the counter with its office (institution, region) and services. 1 statement.

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
    whole = _with_services().order_by(Service.position)
    return whole.options(
        joinedload(Counter.office).joinedload(Office.institution),
        joinedload(Counter.office).joinedload(Office.region),
    )


def _with_services() -> Select[Counter]:
    """Join table by table: a join inside the outer one would read the services of all counters."""
    return (
        select(Counter)
        .outerjoin(CounterService, CounterService.counter_id == Counter.id)
        .outerjoin(Service, Service.id == CounterService.service_id)
        .options(contains_eager(Counter.services))
    )
