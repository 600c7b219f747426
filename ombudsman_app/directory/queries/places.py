"""Provinces, places by name, and who of the Ombudsman watches over them."""

from dataclasses import dataclass

from sqlalchemy import Date, String, bindparam, case, func, or_, select

from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import NotVisible
from ombudsman_app.directory.models import (
    Jurisdiction,
    Office,
    OfficeKind,
    Region,
    RegionLevel,
    RepresentativeOffice,
)
from ombudsman_app.directory.names import searched_words

from .lines import HOME_ZONE, Province


@dataclass(frozen=True)
class ProvinceLine:
    """A province and how many offices of it the directory holds."""

    code: str
    name: str
    offices: int


def provinces_with_offices() -> list[ProvinceLine]:
    """Return the provinces that have offices, by name. 1 statement."""
    rows = db.session.execute(
        select(Region.code, Region.name, func.count())
        .join(Office, Office.province_code == Region.code)
        .where(Region.level == RegionLevel.PROVINCE, Office.holds_on(today(HOME_ZONE)))
        .group_by(Region.code, Region.name)
        .order_by(Region.name)
    )
    return [ProvinceLine(code, name, offices) for code, name, offices in rows]


@dataclass(frozen=True)
class PlaceLine:
    """A regency, city or district that a search may have meant, with its province."""

    name: str
    province_code: str
    province: str


def places_named(text: str, limit: int = 5) -> list[PlaceLine]:
    """Return places whose name or capital holds all words, large ones first. 1 statement.

    Scans the regions that hold today (7,837 rows): only asked where no office was found.
    """
    words = searched_words(text)
    if not words:
        return []
    rows = db.session.execute(
        select(Region.name, Region.province_code, Province.name)
        .join(Province, Province.code == Region.province_code)
        .where(
            Region.holds_on(today(HOME_ZONE)),
            *(
                or_(
                    Region.search_name.startswith(word, autoescape=True),
                    Region.search_name.contains(f" {word}", autoescape=True),
                )
                for word in words
            ),
        )
        .order_by(func.length(Region.code), Region.search_name, Region.code)
        .limit(limit)
    )
    return [PlaceLine(name, code, province) for name, code, province in rows]


_DAY, _PROVINCE = bindparam("day", type_=Date), bindparam("province", type_=String)
_IS_HEAD = RepresentativeOffice.kind == OfficeKind.OMBUDSMAN_HEAD_OFFICE
_OF_PROVINCE = (
    select(Jurisdiction.representative_id)
    .join(Region, Region.id == Jurisdiction.province_id)
    .where(Region.code == _PROVINCE, Jurisdiction.holds_on(_DAY))
)
_WATCHES = (  # put together once: every submission asks it
    select(RepresentativeOffice)
    .where(RepresentativeOffice.holds_on(_DAY), or_(_IS_HEAD, RepresentativeOffice.id.in_(_OF_PROVINCE)))
    .order_by(case((_IS_HEAD, 1), else_=0), RepresentativeOffice.id)
    .limit(1)
)


def representative_for(region_code: str | None) -> RepresentativeOffice | None:
    """Return the Ombudsman office for a region code of any level, else the head office. 1 statement.

    A province without a representative of its own belongs to the head office (`design.md` §12), and
    so does an office that works for several provinces (None). None only before `seed reference`.
    """
    given = {"province": (region_code or "")[:2], "day": today(HOME_ZONE)}
    return db.session.scalar(_WATCHES, given)


def office_and_representative(office_id: int) -> tuple[Office, RepresentativeOffice]:
    """Return an office and the office of the Ombudsman that watches over it. 2 statements.

    Raises NotVisible where there is no such office.
    """
    office = db.session.get(Office, office_id)
    representative = representative_for(office.province_code) if office else None
    if office is None or representative is None:
        raise NotVisible
    return office, representative


def province_of(office_id: int) -> str | None:
    """Return the code of the province in which an office lies; None where it is not known. 1 statement."""
    return db.session.scalar(select(Office.province_code).where(Office.id == office_id))


def representative_by_id(office_id: int) -> RepresentativeOffice | None:
    """Return an office of the Ombudsman that is there today. 1 statement."""
    return db.session.scalar(
        select(RepresentativeOffice).where(
            RepresentativeOffice.id == office_id, RepresentativeOffice.holds_on(today(HOME_ZONE))
        )
    )


def representatives() -> list[RepresentativeOffice]:
    """Return all offices of the Ombudsman that are there today, by name. 1 statement."""
    found = select(RepresentativeOffice).where(RepresentativeOffice.holds_on(today(HOME_ZONE)))
    return list(db.session.scalars(found.order_by(RepresentativeOffice.name)))
