"""All that the page of one office shows."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.directory.models import Counter, Office, Region, RepresentativeOffice, ServicePromise

from .counters import counters_of
from .lines import HOME_ZONE
from .places import representative_for


@dataclass(frozen=True)
class OfficePage:
    """An office with what hangs on it, all loaded. `is_open`: it holds today."""

    office: Office
    counters: list[Counter]
    promises: list[ServicePromise]
    representative: RepresentativeOffice | None
    is_open: bool


def office_by_slug(slug: str) -> Office | None:
    """Return the office with institution, parent, region (two levels) and statements. 1 statement.

    An office that has ended is found too: what was printed must lead somewhere.
    """
    return (
        db.session.scalars(
            select(Office)
            .where(Office.slug == slug)
            .options(
                joinedload(Office.institution),
                joinedload(Office.parent),
                joinedload(Office.region).joinedload(Region.parent),
                joinedload(Office.statements),
            )
        )
        .unique()
        .one_or_none()
    )


def office_page(slug: str) -> OfficePage | None:
    """Return the office, its counters with services, its promises, its Ombudsman. 4 statements."""
    office = office_by_slug(slug)
    if office is None:
        return None
    day = today(HOME_ZONE)
    promises = db.session.scalars(
        select(ServicePromise)
        .join(ServicePromise.service)
        .where(ServicePromise.office_id == office.id, ServicePromise.holds_on(day))
        .order_by(ServicePromise.service_id)
        .options(joinedload(ServicePromise.service))
    )
    is_open = (office.valid_from is None or office.valid_from <= day) and (
        office.valid_to is None or office.valid_to >= day
    )
    representative = representative_for(office.province_code)
    return OfficePage(office, counters_of(office.id), list(promises), representative, is_open)
