"""Which place a row means: by its code, by its name where exactly one fits, or by both where they agree."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from ombudsman_app.core.db import db
from ombudsman_app.coverage.borders import code_today
from ombudsman_app.coverage.place_levels import LEVEL_OF
from ombudsman_app.coverage.states import NATION_CODE, Level
from ombudsman_app.directory.models import Region
from ombudsman_app.directory.names import normalised
from ombudsman_app.imports.kinds import Reason

_KINDS = ("kabupaten administrasi ", "kota administrasi ", "kabupaten ", "kota ", "provinsi ")
_NATION = frozenset({"indonesia", "nasional", "republik indonesia"})
_TOTALS = ("jumlah", "total", "rata rata")
_CANDIDATES = 5


@dataclass(frozen=True)
class Place:
    """A place by its code of today. `is_old`: the list names it by a code from before a split."""

    code: str
    name: str
    level: Level
    is_old: bool = False


class PlaceRefused(Exception):
    """No place, or more than one. `reason` as of a row."""

    def __init__(self, *reason: str) -> None:
        super().__init__(reason[1])
        self.reason: Reason = reason


class Places:
    """The places of the directory that hold today. 1 statement."""

    def __init__(self) -> None:
        rows = db.session.execute(
            select(Region.code, Region.name, Region.level).where(
                Region.level.in_(LEVEL_OF), Region.valid_to.is_(None)
            )
        )
        self._by_code = {code: Place(code, name, LEVEL_OF[level]) for code, name, level in rows}
        self._by_code[NATION_CODE] = Place(NATION_CODE, "Indonesia", Level.NATION)
        self._by_name: dict[str, set[str]] = defaultdict(set)
        for place in self._by_code.values():
            whole = _key(place.name)
            for name in {whole, _bare(whole)}:
                self._by_name[name].add(place.code)
            if place.level is Level.PROVINCE:
                self._by_name[f"provinsi {whole}"].add(place.code)
        self._found: dict[tuple[str | None, str | None], tuple[Place, list[Reason]]] = {}

    def regencies(self) -> list[str]:
        """Return the codes of all regencies and cities."""
        return [place.code for place in self._by_code.values() if place.level is Level.REGENCY]

    def of(self, code: str | None, name: str | None) -> tuple[Place, list[Reason]]:
        """Return the place of a row and what is odd about its naming. Raises PlaceRefused."""
        found = self._found.get((code, name))
        if found is None:
            found = self._found[code, name] = self._of(code, name)
        return found

    def _of(self, code: str | None, name: str | None) -> tuple[Place, list[Reason]]:
        named = self._named(name) if name else set()
        if code is None:
            return self._by_code[self._one(named, name)], []
        is_cut, told = code.endswith("?"), code.rstrip("?")
        today = code_today(told)
        place = self._by_code.get(today)
        if place is None:
            raise PlaceRefused("code", "place")
        if named and place.code not in named:
            raise PlaceRefused("name", "name_elsewhere", place.name)
        if is_cut and place.code not in named:
            raise PlaceRefused("code", "code_cut", told)
        odd: list[Reason] = [("name", "name_unknown", place.name)] if name and not named else []
        if today != told:
            odd.append(("code", "old_code"))
        return Place(place.code, place.name, place.level, is_old=today != told), odd

    def _named(self, name: str) -> set[str]:
        key = _key(name)
        if key in _NATION:
            return {NATION_CODE}
        return self._by_name.get(key, set())

    def _one(self, named: set[str], name: str | None) -> str:
        if name is None:
            raise PlaceRefused("code", "place_missing")
        if len(named) == 1:
            return next(iter(named))
        if named:
            some = sorted(self._by_code[code].name for code in named)[:_CANDIDATES]
            raise PlaceRefused("name", "name_two", ", ".join(some))
        if _key(name).startswith(_TOTALS):
            raise PlaceRefused("name", "total_row")
        raise PlaceRefused("name", "name_none")


def _key(name: Any) -> str:
    return normalised(str(name))


def _bare(whole: str) -> str:
    for kind in _KINDS:
        if whole.startswith(kind):
            return whole.removeprefix(kind)
    return whole
