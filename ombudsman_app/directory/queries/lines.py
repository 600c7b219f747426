"""An office as one line of a list."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import aliased

from ombudsman_app.core.clock import today
from ombudsman_app.directory.models import Institution, Office, OfficeKind, OfficeWord, Region
from ombudsman_app.directory.models.office import OMBUDSMAN_KINDS
from ombudsman_app.directory.names import searched_words

Province = aliased(Region, name="province")
HOME_ZONE = "Asia/Jakarta"  # of the directory as a whole: its rows begin and end by this zone's day


@dataclass(frozen=True)
class OfficeLine:
    """What a list shows of an office. `place` is its regency; None: not known, or several provinces."""

    id: int
    slug: str
    name: str
    short_name: str
    kind: OfficeKind
    institution: str
    place: str | None
    province: str | None
    group: str  # province code, or 00: works for several provinces
    sort_key: str
    is_demo: bool
    distance_km: float | None = None

    @property
    def whole_km(self) -> int | None:
        return None if self.distance_km is None else round(self.distance_km)


def lines() -> Select[*tuple[Any, ...]]:
    """Select the columns of an OfficeLine, in its order, of offices that hold today. One join each."""
    return (
        select(
            Office.id,
            Office.slug,
            Office.name,
            Office.short_name,
            Office.kind,
            Institution.short_name,
            Region.name,
            Province.name,
            Office.sort_key,
            Office.is_demo,
        )
        .select_from(Office)
        .join(Institution, Institution.id == Office.institution_id)
        .outerjoin(Region, Region.id == Office.region_id)
        .outerjoin(Province, Province.code == Office.province_code)
        .where(Office.holds_on(today(HOME_ZONE)))
    )


def line_of(row: Any, distance_km: float | None = None) -> OfficeLine:
    """Make the line of a row of `lines()`."""
    id_, slug, name, short_name, kind, institution, place, province, sort_key, is_demo = row[:10]
    return OfficeLine(
        id_, slug, name, short_name, kind, institution, place, province, sort_key[:2], sort_key, is_demo,
        distance_km,
    )  # fmt: skip


def has_words(text: str) -> list[ColumnElement[bool]]:
    """Return one condition for each searched word: some word of the office begins with it.

    Words hold only a to z and 0 to 9 and are sorted by bytes, so a prefix is a range: no LIKE.
    """
    return [
        Office.id.in_(
            select(OfficeWord.office_id).where(OfficeWord.word >= word, OfficeWord.word < word + "{")
        )
        for word in searched_words(text)
    ]


def is_under_watch() -> ColumnElement[bool]:
    """Everybody but the Ombudsman itself: who can be complained about."""
    return Office.kind.not_in(OMBUDSMAN_KINDS)
