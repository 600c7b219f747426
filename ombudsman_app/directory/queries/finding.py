"""Finding an office by name, place, or nearness."""

import math
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.core.limits import COUNT_STOPS_AT, PAGE_ROWS
from ombudsman_app.directory.models import Office, OfficeWord, Region
from ombudsman_app.directory.names import searched_words
from ombudsman_app.web.paging import Page, page_of

from .lines import HOME_ZONE, OfficeLine, has_words, is_under_watch, line_of, lines

_KM_PER_DEGREE = 111.195
_SEARCHES_AT_MOST = 50
_NEAR_ENOUGH = 0.75  # share of letters in common: "mamjuu" finds mamuju, "surabaya" finds nothing in NTT


@dataclass(frozen=True)
class OfficeList:
    """One page of the list. `count` stops at 1,001 ("more than 1,000")."""

    page: Page[OfficeLine]
    count: int


def offices_page(text: str, province: str | None, after: str | None) -> OfficeList:
    """Return offices by name and place, by province and rank; `after` is a key of the page before.

    2 statements, 1 where everything fits on the first page, none where the text holds no word.
    """
    if text and not searched_words(text):
        return OfficeList(Page([]), 0)
    where = _conditions(text, province)
    statement = lines().where(*where).order_by(Office.sort_key, Office.id).limit(PAGE_ROWS + 1)
    if behind := _behind(after):
        statement = statement.where(behind[0])
    rows = [line_of(row) for row in db.session.execute(statement)]
    page = page_of(rows, PAGE_ROWS, _key_of, after=after if behind else None)
    is_all = page.is_empty or not (behind or page.next_key)
    return OfficeList(page, len(rows) if is_all else _count(where))


def _conditions(text: str, province: str | None) -> list[ColumnElement[bool]]:
    where = has_words(text)
    if province:
        where.append(Office.province_code == province)
    return where


def _count(where: list[ColumnElement[bool]]) -> int:
    some = select(Office.id).where(Office.holds_on(today(HOME_ZONE)), *where).limit(COUNT_STOPS_AT)
    return db.session.scalar(select(func.count()).select_from(some.subquery())) or 0


def _key_of(line: OfficeLine) -> str:
    return f"{line.id}~{line.sort_key}"


def _behind(key: str | None) -> list[ColumnElement[bool]]:
    """Read a key from an address; anything else is the first page."""
    number, _, sort_key = (key or "").partition("~")
    if not (number.isascii() and number.isdigit() and len(number) < 10 and sort_key):
        return []
    return [or_(Office.sort_key > sort_key, and_(Office.sort_key == sort_key, Office.id > int(number)))]


def search_offices(text: str, limit: int = 10) -> list[OfficeLine]:
    """Return offices under watch that match all words, most important kinds of each province first.

    Forgiving: case, accents, "kab.", "NTT", the start of a word. Nothing for a text without words.
    1 statement.
    """
    if not searched_words(text):
        return []
    return _first(lines().where(is_under_watch(), *has_words(text)), limit)


def offices_for_picker(text: str = "", province: str | None = None, limit: int = 20) -> list[OfficeLine]:
    """Return offices under watch to choose one from, all of a province where no text is given.

    `province` is a code such as 76. 1 statement; none where the text holds no word.
    """
    if text and not searched_words(text):
        return []
    return _first(lines().where(is_under_watch(), *_conditions(text, province)), limit)


def _first(statement: Select[*tuple[Any, ...]], limit: int) -> list[OfficeLine]:
    rows = db.session.execute(
        statement.order_by(Office.sort_key, Office.id).limit(min(max(limit, 1), _SEARCHES_AT_MOST))
    )
    return [line_of(row) for row in rows]


def offices_named(text: str) -> Select[int] | None:
    """Select the ids of the offices that match all words; None for a text without words. No statement."""
    return select(Office.id).where(*has_words(text)) if searched_words(text) else None


def office_by_id(office_id: int) -> OfficeLine | None:
    """Return the line of one office that holds today. 1 statement."""
    row = db.session.execute(lines().where(Office.id == office_id)).one_or_none()
    return line_of(row) if row else None


def all_offices() -> list[Office]:
    """Return every office that holds today, those of the Ombudsman too, to choose one from. 1 statement."""
    day = today(HOME_ZONE)
    return list(
        db.session.scalars(select(Office).where(Office.holds_on(day)).order_by(Office.sort_key, Office.id))
    )


def nearest_offices(
    latitude: float, longitude: float, text: str = "", province: str | None = None, limit: int = PAGE_ROWS
) -> list[OfficeLine]:
    """Return offices under watch by distance, in km, offices without coordinates left out. 1 statement.

    An office that has no coordinates of its own stands at the capital of its regency. The order comes
    from a flat map around the asker, which is right to a few percent between Sabang and Merauke.
    """
    if text and not searched_words(text):
        return []
    lat = func.coalesce(Office.latitude, Region.latitude)
    lon = func.coalesce(Office.longitude, Region.longitude)
    narrow = math.cos(math.radians(latitude))
    flat = (lat - latitude) * (lat - latitude) + (lon - longitude) * (lon - longitude) * narrow * narrow
    rows = db.session.execute(
        lines()
        .add_columns(lat, lon)
        .where(is_under_watch(), lat.is_not(None), *_conditions(text, province))
        .order_by(flat, Office.id)
        .limit(limit)
    )
    return [line_of(row, distance_km(latitude, longitude, row[10], row[11])) for row in rows]


def similar_search(text: str) -> str | None:
    """Return the search with its unknown words replaced by the nearest known ones. 1 statement.

    For slips of the finger ("mamjuu"); None where nothing is near, or nothing was unknown.
    """
    words = searched_words(text)
    known = list(db.session.scalars(select(OfficeWord.word).distinct()))
    meant = [(get_close_matches(word, known, n=1, cutoff=_NEAR_ENOUGH) or [""])[0] for word in words]
    return " ".join(meant) if all(meant) and meant != words else None


def distance_km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Return the distance along the earth (haversine)."""
    a, b = math.radians(latitude), math.radians(other_latitude)
    across = math.radians(other_longitude - longitude)
    part = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(across / 2) ** 2
    return 2 * math.degrees(math.asin(min(1.0, math.sqrt(part)))) * _KM_PER_DEGREE
