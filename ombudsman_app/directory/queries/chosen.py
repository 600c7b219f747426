"""What a complaint needs of the office and counter that somebody chose."""

import re

from sqlalchemy import case, or_, select
from sqlalchemy.orm import joinedload

from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.directory.models import (
    Counter,
    Jurisdiction,
    Office,
    OfficeKind,
    Region,
    RepresentativeOffice,
)

from .lines import HOME_ZONE, OfficeLine, is_under_watch, line_of, lines

# Words by which private firms are named; public companies (BUMN) are found in the directory first.
_FIRM = re.compile(r"\b(pt|cv|ud|firma|tbk|persero|koperasi|toko|perusahaan|company)\b", re.IGNORECASE)


def watched_office(*, slug: str = "", office_id: int | None = None) -> OfficeLine | None:
    """Return an office that can be complained about, by slug or id. 1 statement."""
    wanted = Office.id == office_id if office_id is not None else Office.slug == slug
    row = db.session.execute(lines().where(wanted, is_under_watch())).one_or_none()
    return line_of(row) if row else None


def counters_of(office_id: int) -> list[Counter]:
    """Return the counters of an office that are open today, in their order. 1 statement."""
    return list(
        db.session.scalars(
            select(Counter)
            .where(Counter.office_id == office_id, Counter.holds_on(today(HOME_ZONE)))
            .order_by(Counter.position, Counter.id)
        )
    )


def counter_by_id(counter_id: int) -> Counter | None:
    """Return a counter, also one that has ended. 1 statement."""
    return db.session.scalar(select(Counter).where(Counter.id == counter_id))


def office_and_representative(office_id: int) -> tuple[Office, RepresentativeOffice]:
    """Return the office and the Ombudsman office that handles it: of its province, else the head office.

    2 statements. Raises LookupError when either is missing: forms offer only what is there.
    """
    day = today(HOME_ZONE)
    of_province = (
        select(Jurisdiction.representative_id)
        .join(Region, Region.id == Jurisdiction.province_id)
        .join(Office, Office.province_code == Region.code)
        .where(Office.id == office_id, Jurisdiction.holds_on(day))
    )
    is_head = RepresentativeOffice.kind == OfficeKind.OMBUDSMAN_HEAD_OFFICE
    handling = db.session.scalar(
        select(RepresentativeOffice)
        .where(RepresentativeOffice.holds_on(day), or_(is_head, RepresentativeOffice.id.in_(of_province)))
        .order_by(case((is_head, 1), else_=0), RepresentativeOffice.id)
        .limit(1)
    )
    office = db.session.scalar(
        select(Office).where(Office.id == office_id).options(joinedload(Office.institution))
    )
    if office is None or handling is None:
        raise LookupError(office_id)
    return office, handling


def looks_like_company(text: str) -> bool:
    """Whether somebody seems to look for a private firm, which is never a respondent."""
    return _FIRM.search(text) is not None
