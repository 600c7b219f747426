"""The register of local rules, by keyset: the newest year first, unknown years last."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, String, func, literal, select, tuple_, union_all

from ombudsman_app.core import limits
from ombudsman_app.core.db import db
from ombudsman_app.core.search import narrowed
from ombudsman_app.coverage.duties import PEMDA_LEVELS
from ombudsman_app.coverage.local_rule_words_index import INDEX
from ombudsman_app.coverage.local_rules import QUESTIONS, Answer, RuleKind, RuleState, Verification
from ombudsman_app.coverage.models import LocalRule
from ombudsman_app.directory.models import Region, RegionLevel
from ombudsman_app.directory.names import searched_words
from ombudsman_app.web.paging import Page, page_back, page_on, read_id

_KEY = re.compile(rf"([0-9]{{1,4}})\.([0-9]{{1,{limits.ID_DIGITS}}})")
_PROVINCE = re.compile(r"[0-9]{2}")
_PLACE = Region.__table__.alias("place_of_rule")
_ABOVE = Region.__table__.alias("province_of_rule")
ALL = "all"
Key = tuple[int, int]  # the year, 0 where it is not known, and the id


@dataclass(frozen=True)
class RuleFilter:
    """What an address asks for, already checked; all of it can be combined."""

    text: str = ""
    province: str = ""
    region_id: int | None = None
    kind: RuleKind | None = None
    status: RuleState | None = None
    verification: Verification | None = None
    covers: str = ""  # one of QUESTIONS: the rule says yes
    after: Key | None = None
    before: Key | None = None

    def said(self) -> dict[str, str]:
        """Return the filter as words of an address, without the place in the list."""
        told = {
            "q": self.text,
            "province": self.province,
            "place": str(self.region_id or ""),
            "kind": self.kind or "",
            "state": self.status or "",
            "jdih": self.verification or "",
            "covers": self.covers,
        }
        return {name: str(value) for name, value in told.items() if value}

    def with_verification(self, verification: str) -> "RuleFilter":
        """The same question about another verification, from the start of its list."""
        chosen = Verification(verification) if verification else None
        return replace(self, verification=chosen, after=None, before=None)


@dataclass(frozen=True)
class RuleRow:
    """One line of the register."""

    id: int
    kind: RuleKind
    number: str | None
    year: int | None
    year_in_source: str
    title: str
    village: str
    place: str
    province: str
    status: RuleState
    verification: Verification
    jdih_url: str
    note: str
    is_demo: bool
    year_order: int
    answers: Mapping[str, Answer]


def read_filter(given: Mapping[str, str]) -> RuleFilter:
    """Read an address; what is no filter asks for nothing (IN4)."""
    province, covers = given.get("province", ""), given.get("covers", "")
    return RuleFilter(
        text=" ".join(given.get("q", "").split())[: limits.SEARCH],
        province=province if _PROVINCE.fullmatch(province) else "",
        region_id=read_id(given.get("place")),
        kind=_one_of(RuleKind, given.get("kind")),
        status=_one_of(RuleState, given.get("state")),
        verification=_one_of(Verification, given.get("jdih")),
        covers=covers if covers in QUESTIONS else "",
        after=_read_key(given.get("after")),
        before=_read_key(given.get("before")),
    )


def _one_of(words: Any, given: str | None) -> Any:
    return words(given) if given in tuple(words) else None


def _read_key(text: str | None) -> Key | None:
    found = _KEY.fullmatch(text or "")
    return (int(found[1]), int(found[2])) if found else None


def searched(chosen: RuleFilter, provinces: list[str]) -> list[ColumnElement[bool]]:
    """Return what the words of a search ask of a rule. 1 statement with words, else none."""
    words = searched_words(chosen.text)
    if not words:
        return []
    scopes = [chosen.province] if chosen.province else provinces
    return narrowed(INDEX, [int(code) for code in scopes], words).conditions(LocalRule.id)


def conditions(chosen: RuleFilter) -> list[ColumnElement[bool]]:
    """Return what a filter asks of a rule, without its words."""
    where: list[ColumnElement[bool]] = []
    if chosen.province:
        where.append(LocalRule.province_code == chosen.province)
    if chosen.region_id:
        where.append(LocalRule.region_id == chosen.region_id)
    if chosen.kind:
        where.append(LocalRule.kind == chosen.kind)
    if chosen.status:
        where.append(LocalRule.status == chosen.status)
    if chosen.verification:
        where.append(LocalRule.verification == chosen.verification)
    if chosen.covers:
        where.append(getattr(LocalRule, chosen.covers) == Answer.YES)
    return where


def rules_page(
    chosen: RuleFilter, words: list[ColumnElement[bool]], *, limit: int = limits.PAGE_ROWS
) -> Page[RuleRow]:
    """Return one page of the register, which is everybody's to read. 1 statement."""
    place, is_back = tuple_(LocalRule.year_order, LocalRule.id), chosen.before is not None
    where = [*conditions(chosen), *words]
    if chosen.before is not None:
        where.append(place > chosen.before)
    elif chosen.after is not None:
        where.append(place < chosen.after)
    columns = (LocalRule.year_order, LocalRule.id)
    order = [column.asc() if is_back else column.desc() for column in columns]
    # the page is chosen first, in an index alone; then its rows are fetched
    ids = select(LocalRule.id).where(*where).order_by(*order).limit(limit + 1)
    rows = [_row(row) for row in db.session.execute(_lines().where(LocalRule.id.in_(ids)).order_by(*order))]
    if is_back:
        return page_back(rows, limit, _key_of)
    return page_on(rows, limit, _key_of, is_first=chosen.after is None)


def all_rules(chosen: RuleFilter, words: list[ColumnElement[bool]], *, limit: int) -> Iterator[RuleRow]:
    """Yield the rules of a filter, at most so many. 1 statement."""
    order = (LocalRule.year_order.desc(), LocalRule.id.desc())
    shown = _lines().where(*conditions(chosen), *words).order_by(*order).limit(limit)
    return (_row(row) for row in db.session.execute(shown).yield_per(1_000))


def _lines() -> Select[Any]:
    return (
        select(
            LocalRule.id,
            LocalRule.kind,
            LocalRule.number,
            LocalRule.year,
            LocalRule.year_in_source,
            LocalRule.title,
            LocalRule.village,
            _PLACE.c.name.label("place"),
            _ABOVE.c.name.label("province"),
            LocalRule.status,
            LocalRule.verification,
            LocalRule.jdih_url,
            LocalRule.note,
            LocalRule.is_demo,
            LocalRule.year_order,
            *(getattr(LocalRule, name) for name in QUESTIONS),
        )
        .join(_PLACE, _PLACE.c.id == LocalRule.region_id)
        .join(_ABOVE, _ABOVE.c.code == LocalRule.province_code)
    )


def _row(row: Any) -> RuleRow:
    told = dict(row._mapping)
    answers = {name: told.pop(name) for name in QUESTIONS}
    return RuleRow(**told, answers=answers)


def _key_of(row: RuleRow) -> str:
    return f"{row.year_order}.{row.id}"


def rule_counts(chosen: RuleFilter, words: list[ColumnElement[bool]]) -> dict[str, int]:
    """Count for the chips: each verification within the other filters, up to 1,001 each. 1 statement."""
    parts = []
    for name in (ALL, *Verification):
        asked = conditions(chosen.with_verification("" if name == ALL else name))
        few = (
            select(literal(1))
            .select_from(LocalRule)
            .where(*asked, *words)
            .limit(limits.COUNT_STOPS_AT)
            .subquery()
        )
        parts.append(
            select(literal(str(name), String).label("name"), func.count().label("number")).select_from(few)
        )
    return {row.name: row.number for row in db.session.execute(union_all(*parts))}


def provinces() -> list[tuple[str, str]]:
    """Return code and name of the provinces there ever were a rule could name, by name. 1 statement."""
    rows = db.session.execute(
        select(Region.code, Region.name).where(Region.level == RegionLevel.PROVINCE).order_by(Region.name)
    )
    return [(row[0], row[1]) for row in rows]


def places_in(province: str) -> list[tuple[int, str]]:
    """Return id and name of a province and its regencies and cities, by code. 1 statement, 0 without one."""
    if not province:
        return []
    rows = db.session.execute(
        select(Region.id, Region.name)
        .where(Region.province_code == province, Region.level.in_(PEMDA_LEVELS))
        .order_by(Region.code)
    )
    return [(row[0], row[1]) for row in rows]
