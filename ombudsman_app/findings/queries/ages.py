"""How long findings have been open, by office. A count is data (AZ5)."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from sqlalchemy import func

from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.directory.models import Office
from ombudsman_app.findings.models import Finding
from ombudsman_app.findings.scope import scope

# Up to so many days since it was sent; the last column takes all that are older. A matter of looks.
AGES = (14, 30, 90)
_OFFICE = Office.__table__
_MOST = 12  # offices in the picture; the register has all


@dataclass(frozen=True)
class OfficeAges:
    """One office and how many of its findings are open, by age; columns as in AGES, then the rest."""

    slug: str
    name: str
    numbers: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.numbers)


def ages_by_office(actor: Actor, *, today: date) -> list[OfficeAges]:
    """Count open findings that were sent, for the offices that have most of them. 1 statement."""
    total = func.count()
    up_to = [func.count().filter(Finding.sent_on >= today - timedelta(days=days)) for days in AGES]
    found = (
        scope(actor)
        .findings()
        .where(Finding.is_open.is_(True), Finding.sent_on.is_not(None))
        .join(_OFFICE, _OFFICE.c.id == Finding.office_id)
        .with_only_columns(_OFFICE.c.slug, _OFFICE.c.short_name, *up_to, total)
        .group_by(_OFFICE.c.id, _OFFICE.c.slug, _OFFICE.c.short_name)
        .order_by(total.desc(), _OFFICE.c.short_name)
        .limit(_MOST)
    )
    return [
        OfficeAges(slug, name, tuple(number - fewer for fewer, number in pairwise((0, *counted))))
        for slug, name, *counted in db.session.execute(found)
    ]
