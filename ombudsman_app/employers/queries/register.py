"""The register of employers, by keyset: the largest gap first, or by name."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    TextClause,
    func,
    literal,
    select,
    text,
    tuple_,
    union_all,
)

from ombudsman_app.core import limits
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.directory.models import Region
from ombudsman_app.employers.models import Employer
from ombudsman_app.employers.scope import scope
from ombudsman_app.employers.sectors import SECTIONS
from ombudsman_app.employers.states import Breach, Scale, breaches_in, has_breach
from ombudsman_app.web.paging import Page, page_back, page_on, read_id

from .firsts import first_of_each
from .names import by_words

_KEY = re.compile(rf"(-?[0-9]{{1,{limits.ID_DIGITS}}})\.([0-9]{{1,{limits.ID_DIGITS}}})")
NONE = "none"
Key = tuple[int, int]  # minus the largest gap, and the id


@dataclass(frozen=True)
class RegisterFilter:
    """What the address asks for, already checked; all of it can be combined.

    `text`: words of a name, or a whole number (NIB, NPWP, NPP). `has_gap`: workers are left out.
    `region_id` 0 and `section` "none": it is not known.
    """

    text: str = ""
    region_id: int | None = None
    section: str = ""
    scale: Scale | None = None
    breach: Breach | None = None
    has_gap: bool = False
    after: Key | None = None
    before: Key | None = None


@dataclass(frozen=True)
class RegisterRow:
    """One line of the register."""

    id: int
    name: str
    place: str
    section: str | None
    scale: Scale | None
    gap_low: int
    gap_high: int
    workers: int | None
    registered: int | None
    observed_on: date | None
    breaches: list[Breach]


@dataclass(frozen=True)
class RegisterCounts:
    """For the chips above the register, up to 1,001 each."""

    all: int
    gap: int
    breaches: dict[Breach, int]


def read_filter(given: Mapping[str, str]) -> RegisterFilter:
    """Read what the address asks for; what is none of the choices counts as nothing (IN4)."""
    section = given.get("sector", "")
    return RegisterFilter(
        text=" ".join(given.get("q", "").split())[: limits.SEARCH],
        region_id=0 if given.get("place") == NONE else read_id(given.get("place")),
        section=section if section in SECTIONS or section == NONE else "",
        scale=_one_of(Scale, given.get("scale")),
        breach=_one_of(Breach, given.get("breach")),
        has_gap=given.get("gap") == "yes",
        after=_read_key(given.get("after")),
        before=_read_key(given.get("before")),
    )


def said_filter(chosen: RegisterFilter) -> dict[str, str]:
    """Return the part of the address that says these filters again, without the place in the list."""
    said = {
        "q": chosen.text,
        "place": NONE if chosen.region_id == 0 else str(chosen.region_id or ""),
        "sector": chosen.section,
        "scale": chosen.scale or "",
        "breach": chosen.breach or "",
        "gap": "yes" if chosen.has_gap else "",
    }
    return {name: str(value) for name, value in said.items() if value}


def register_page(
    actor: Actor, chosen: RegisterFilter, *, limit: int = limits.PAGE_ROWS
) -> Page[RegisterRow]:
    """Return one page of the register of one's offices. 1 statement, one more for words of a name."""
    place = tuple_(Employer.gap_order, Employer.id)
    seen, where = scope(actor), _conditions(chosen)
    if chosen.text:
        where.append(by_words(chosen.text, seen.offices))
    is_back = chosen.before is not None
    if chosen.before is not None:
        where.append(place < chosen.before)
    elif chosen.after is not None:
        where.append(place > chosen.after)
    order: Any = (Employer.gap_order, Employer.id)
    order = tuple(column.desc() for column in order) if is_back else order
    parts = [seen.employers(office).where(*where) for office in seen.each_office]
    shown = (
        first_of_each(parts, Employer, order, limit + 1)
        .with_only_columns(
            Employer.id,
            Employer.name,
            Employer.section,
            Employer.scale,
            Employer.gap_low,
            Employer.gap_high,
            Employer.workers,
            Employer.registered,
            Employer.observed_on,
            Employer.open_breaches,
            Region.name.label("place"),
        )
        .outerjoin(Region, Region.id == Employer.region_id)
        .order_by(*order)
        .limit(limit + 1)
    )
    rows = [_row(row) for row in db.session.execute(shown)]
    if is_back:
        return page_back(rows, limit, _key_of)
    return page_on(rows, limit, _key_of, is_first=chosen.after is None)


def register_counts(actor: Actor) -> RegisterCounts:
    """Count for the chips above the register, up to 1,001 each. 1 statement."""
    views = {"all": RegisterFilter(), "gap": RegisterFilter(has_gap=True)}
    views |= {str(breach): RegisterFilter(breach=breach) for breach in Breach}
    counted = union_all(*(_counted(actor, name, chosen) for name, chosen in views.items()))
    numbers = {row.name: row.number for row in db.session.execute(counted)}
    return RegisterCounts(numbers["all"], numbers["gap"], {breach: numbers[str(breach)] for breach in Breach})


def _counted(actor: Actor, name: str, chosen: RegisterFilter) -> Select[str, int]:
    some = scope(actor).employers().where(*_conditions(chosen)).with_only_columns(literal(1))
    few = some.limit(limits.COUNT_STOPS_AT).subquery()
    return select(literal(name, String).label("name"), func.count().label("number")).select_from(few)


def _conditions(chosen: RegisterFilter) -> list[ColumnElement[bool] | TextClause]:
    where: list[ColumnElement[bool] | TextClause] = [Employer.is_listed.is_(True)]
    if chosen.region_id is not None:  # `== None` is written as IS NULL
        where.append(Employer.region_id == (chosen.region_id or None))
    if chosen.section:
        where.append(Employer.section == (None if chosen.section == NONE else chosen.section))
    if chosen.scale:
        where.append(Employer.scale == chosen.scale)
    if chosen.breach:
        # to the letter as its index: SQLite would compare a Boolean with 1, a bound number is another text
        where.append(text(has_breach(chosen.breach)))
    if chosen.has_gap:
        where.append(Employer.gap_order < 0)
    return where


def _row(row: Any) -> RegisterRow:
    return RegisterRow(
        id=row.id,
        name=row.name,
        place=row.place or "",
        section=row.section,
        scale=row.scale,
        gap_low=row.gap_low,
        gap_high=row.gap_high,
        workers=row.workers,
        registered=row.registered,
        observed_on=row.observed_on,
        breaches=breaches_in(row.open_breaches),
    )


def _key_of(row: RegisterRow) -> str:
    return f"{-row.gap_high}.{row.id}"


def _read_key(text: str | None) -> Key | None:
    found = _KEY.fullmatch(text or "")
    return (int(found[1]), int(found[2])) if found else None


def _one_of(kind: Any, text: str | None) -> Any:
    return kind(text) if text in tuple(kind) else None
