"""All that the page of one office shows."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.directory.models import Counter, Office, Region, RepresentativeOffice, ServicePromise
from ombudsman_app.directory.names import is_slug

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
    has_closed: bool

    @property
    def as_representative(self) -> RepresentativeOffice | None:
        """The office itself where it is one of the Ombudsman's."""
        return self.office if isinstance(self.office, RepresentativeOffice) else None

    @property
    def branches(self) -> list[Office]:
        """The offices under it that have not closed."""
        return [office for office in self.office.children if office.valid_to is None]

    @property
    def is_under_watch(self) -> bool:
        return self.as_representative is None

    @property
    def has_demo_promises(self) -> bool:
        return any(promise.is_demo for promise in self.promises)

    @property
    def has_only_demo_promises(self) -> bool:
        return bool(self.promises) and all(promise.is_demo for promise in self.promises)


def office_by_slug(slug: str) -> Office | None:
    """Return the office with institution, parent, children, region (two levels), statements. 1 statement.

    Children and statements come in one product of rows: there are few of both.
    An office that has ended is found too: what was printed must lead somewhere. An address that no
    office can have (a NUL would make PostgreSQL stumble) costs none.
    """
    if not is_slug(slug):
        return None
    return (
        db.session.scalars(
            select(Office)
            .where(Office.slug == slug)
            .options(
                joinedload(Office.institution),
                joinedload(Office.parent),
                joinedload(Office.children),
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
    has_closed = office.valid_to is not None and office.valid_to < day
    is_open = not has_closed and (office.valid_from is None or office.valid_from <= day)
    return OfficePage(
        office,
        counters_of(office.id),
        list(promises),
        representative_for(office.province_code),
        is_open,
        has_closed,
    )
