"""What the register knows of the employers in a batch of rows. A fixed number of statements a batch."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, cast

from sqlalchemy import Column, ColumnElement, Enum, String, Table, select, type_coerce

from ombudsman_app.core.bulk import among
from ombudsman_app.core.db import db
from ombudsman_app.employers.models import Employer, Observation
from ombudsman_app.employers.naming import normalised
from ombudsman_app.employers.tax_numbers import index_of

from .columns import Row

# What an import may write into a row that is there: blanks are filled, what lists sort by is carried.
FILLED = (
    *("npp", "npp_division", "nib", "npwp", "npwp_sealed", "npwp_index", "nitku", "sector", "section"),
    *("scale", "region_id", "address", "legal_form"),
)
CARRIED = (
    *("observed_on", "workers", "registered", "gap_low", "gap_high", "gap_order", "open_breaches"),
    *("version", "changed_at"),
)
_HEAD = ("id", "name_key", "is_listed", "same_as_id")
_EMPLOYER, _OBSERVATION = cast(Table, Employer.__table__), cast(Table, Observation.__table__)
FILLED_AT = slice(len(_HEAD), len(_HEAD) + len(FILLED))  # of a row that is read here
CARRIED_AT = slice(FILLED_AT.stop, FILLED_AT.stop + len(CARRIED))
_SEEN = (
    *("employer_id", "observed_on", "source_kind", "source", "workers_low", "workers_high"),
    *("registered_low", "registered_high", "wage_paid", "wage_reported"),
)


def _plain(column: Column[Any]) -> ColumnElement[Any]:
    """An enumeration as its word: no object for each cell."""
    return type_coerce(column, String).label(column.name) if isinstance(column.type, Enum) else column


_READ = [_plain(_EMPLOYER.c[name]) for name in (*_HEAD, *FILLED, *CARRIED)]
_OBSERVED = [_plain(_OBSERVATION.c[name]) for name in _SEEN]


class Identity(NamedTuple):
    """By what a row is found. `tax`: sixteen digits of a firm, or the keyed hash of a human being's."""

    name_key: str
    legal_form: str | None
    nib: str | None
    tax: str | None
    npp: str | None
    division: str | None
    nitku: str | None

    @property
    def has_number(self) -> bool:
        return bool(self.nib or self.tax or self.npp)

    @property
    def has_deciding_number(self) -> bool:
        """Whether a number says without a person which employer it is: the NPP never does."""
        return bool(self.nib or self.tax)


def identity_of(row: Row) -> Identity:
    """Read by what a row is found. Numbers typed to fill a field never come so far (`cells.py`)."""
    name = normalised(row.name)
    tax = row.npwp or (row.nitku[:16] if row.nitku else None)
    if tax and tax[0] != "0":
        tax = index_of(tax)
    npp, nitku = row.npp, row.nitku
    return Identity(
        name.key,
        row.legal_form or name.legal_form,
        row.nib,
        tax,
        npp[:8] if npp else None,
        row.division or (npp[8:] or None if npp else None),
        nitku[16:] if nitku else None,
    )


def may_be_one(row: Identity, known: Any) -> bool:
    """Whether two rows with one tax number are one place of work, not two branches of one firm."""
    return not (_differ(row.nitku, known.nitku) or _differ(row.division, known.npp_division))


def _differ(mine: str | None, theirs: str | None) -> bool:
    return bool(mine and theirs and mine != theirs)


class Register:
    """Rows of one office by their numbers, and by name for those without a number that is known."""

    def __init__(self, office_id: int, identities: Sequence[Identity], *, only_numbers: bool = False) -> None:
        self._here = _EMPLOYER.c.representative_office_id == office_id
        self._by_id: dict[int, Any] = {}
        self.nib = self._by(Employer.nib, {one.nib for one in identities if one.nib})
        firms = {one.tax for one in identities if one.tax and len(one.tax) == 16}
        people = {one.tax for one in identities if one.tax and len(one.tax) == 64}
        self.tax = {**self._by(Employer.npwp, firms), **self._by(Employer.npwp_index, people)}
        self.npp: dict[str, list[Any]] = {}
        self.name: dict[str, list[Any]] = {}
        if not only_numbers:
            self._look_for_names(identities)
        self._follow()

    def _look_for_names(self, identities: Sequence[Identity]) -> None:
        left = [one for one in identities if not self._is_found(one)]
        self.npp = self._by(Employer.npp, {one.npp for one in left if one.npp})
        nameless = {one.name_key for one in left if not (one.npp and one.npp in self.npp)}
        self.name = self._by(Employer.name_key, nameless)

    def _is_found(self, one: Identity) -> bool:
        return bool((one.nib and one.nib in self.nib) or (one.tax and one.tax in self.tax))

    def _by(self, column: Any, values: set[str]) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = defaultdict(list)
        if values:
            for row in self._rows(among(column, values)):
                found[getattr(row, column.key)].append(row)
        return dict(found)

    def _rows(self, condition: ColumnElement[bool]) -> Iterable[Any]:
        for row in db.session.execute(select(*_READ).where(condition, self._here).order_by(_EMPLOYER.c.id)):
            self._by_id[row.id] = row
            yield row

    def _follow(self) -> None:
        """A row that a person joined to another stands for that one."""
        joined = {row.same_as_id for row in self._by_id.values() if row.same_as_id}
        missing = joined - self._by_id.keys()
        if missing:
            list(self._rows(among(Employer.id, missing)))
        for found in (self.nib, self.tax, self.npp, self.name):
            for key, rows in found.items():
                kept = {self.kept(row).id: self.kept(row) for row in rows}
                found[key] = list(kept.values())

    def kept(self, row: Any) -> Any:
        """Return the row that this one was joined to, or itself."""
        return self._by_id.get(row.same_as_id, row) if row.same_as_id else row

    def record(self, record_id: int) -> Any | None:
        return self._by_id.get(record_id)

    def fetch(self, ids: Iterable[int]) -> None:
        """Read these records too. 1 statement."""
        if missing := set(ids) - self._by_id.keys():
            list(self._rows(among(Employer.id, missing)))


def observed(ids: Iterable[int]) -> dict[int, list[Any]]:
    """Return what was said of these employers, in the order in which it was stored. 1 statement."""
    found: dict[int, list[Any]] = defaultdict(list)
    wanted = list(ids)
    if wanted:
        rows = select(*_OBSERVED).where(among(Observation.employer_id, wanted)).order_by(_OBSERVATION.c.id)
        for row in db.session.execute(rows):
            found[row.employer_id].append(row)
    return found
