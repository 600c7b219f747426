"""Whether parts add up to their whole: regencies to a province, heads and staff to both. No database.

Both are kept; the whole bears a flag. A province is compared only with all of its regencies by the borders of
the day, or where some of them are more than the whole.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from ombudsman_app.coverage.borders import province_on
from ombudsman_app.coverage.states import NATION_CODE, Flag, Part

from .measures import SUMS
from .said import Key

_PROVINCE = 2  # figures of its code


class _Counts(NamedTuple):
    id: int
    numerator: int | None
    denominator: int | None


class Sums:
    """The figures of one source, by what they speak of."""

    def __init__(self, regencies: Iterable[str]) -> None:
        self._codes = list(regencies)
        self._held: dict[Key, _Counts] = {}
        self._regencies: dict[date, dict[str, list[str]]] = {}

    def add(self, figure_id: int, key: Key, numerator: int | None, denominator: int | None) -> None:
        """Take a figure up; a later one of the same key takes its place. `figure_id`: any number of it."""
        self._held[key] = _Counts(figure_id, numerator, denominator)

    def odd(self, touched: Collection[Key]) -> dict[int, list[Flag]]:
        """Return the flags of wholes that these keys belong to, by id; only those that bear one."""
        found: dict[int, list[Flag]] = {}
        for key in self.wholes(touched):
            whole = self._held[key]
            flags = [flag for flag in (self._of_places(key), self._of_parts(key)) if flag]
            if flags:
                found[whole.id] = flags
        return found

    def wholes(self, touched: Collection[Key]) -> set[Key]:
        """Return the keys of wholes that are held, of which one of these is the whole or a part."""
        asked = set(touched)
        for key in touched:
            if len(key.place) > _PROVINCE:
                asked.add(key._replace(place=province_on(key.place, key.as_of)))
            asked |= {
                key._replace(part=part)
                for (definition, part), parts in SUMS.items()
                if definition is key.definition and key.part in parts
            }
        return asked & self._held.keys()

    def _of_places(self, key: Key) -> Flag | None:
        if len(key.place) != _PROVINCE or key.place == NATION_CODE:
            return None
        codes = self._inside(key.as_of).get(key.place, [])
        parts = [one for code in codes if (one := self._held.get(key._replace(place=code)))]
        differs = _differs(self._held[key], parts, is_all=len(parts) == len(codes))
        return Flag.SUM_DIFFERS if differs else None

    def _of_parts(self, key: Key) -> Flag | None:
        names = SUMS.get((key.definition, key.part), ())
        parts = [one for name in names if (one := self._held.get(key._replace(part=name)))]
        is_all = len(parts) == len(names) or key.part is Part.WHOLE
        return Flag.PARTS_DIFFER if _differs(self._held[key], parts, is_all=is_all) else None

    def _inside(self, day: date) -> dict[str, list[str]]:
        """The regencies of each province by the borders of a day."""
        if day not in self._regencies:
            found: dict[str, list[str]] = defaultdict(list)
            for code in self._codes:
                found[province_on(code, day)].append(code)
            self._regencies[day] = found
        return self._regencies[day]


def _differs(whole: _Counts, parts: list[_Counts], *, is_all: bool) -> bool:
    if not parts:
        return False
    pairs = (
        (whole.numerator, [one.numerator for one in parts]),
        (whole.denominator, [one.denominator for one in parts]),
    )
    for said, counts in pairs:
        known = [one for one in counts if one is not None]
        if said is None or not known:
            continue
        total = sum(known)
        if total > said or (is_all and len(known) == len(parts) and total != said):
            return True
    return False
