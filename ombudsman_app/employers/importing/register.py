"""What the register knows of the employers in a batch of rows. A fixed number of statements a batch."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
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
_WHOLE = (*_HEAD, *FILLED, *CARRIED)
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


_OBSERVED = [_plain(_OBSERVATION.c[name]) for name in _SEEN]


class Known(NamedTuple):
    """What the dry run compares of an employer: half of what applying needs, and no days to be parsed."""

    id: int
    name_key: str
    same_as_id: int | None
    nib: str | None
    npwp: str | None
    npwp_index: str | None
    npp: str | None
    npp_division: str | None
    nitku: str | None
    sector: str | None
    scale: str | None
    region_id: int | None
    address: str | None


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
        """Look for them; with `only_numbers` to write into what is found, else to compare it (`Known`)."""
        self._here = _EMPLOYER.c.representative_office_id == office_id
        self._names = _WHOLE if only_numbers else Known._fields
        self._made: Callable[[Any], Any] | None = None if only_numbers else Known._make
        self._by_id: dict[int, Any] = {}
        self.nib = self._by("nib", {one.nib for one in identities if one.nib})
        asked = {one.tax for one in identities if one.tax and not self._is_settled(one)}
        firms = {tax for tax in asked if len(tax) == 16}
        self.tax = {**self._by("npwp", firms), **self._by("npwp_index", asked - firms)}
        self.npp: dict[str, list[Any]] = {}
        self.name: dict[str, list[Any]] = {}
        if not only_numbers:
            self._look_for_names(identities)
        self._follow()

    def _look_for_names(self, identities: Sequence[Identity]) -> None:
        left = [one for one in identities if not self._is_found(one)]
        self.npp = self._by("npp", {one.npp for one in left if one.npp})
        nameless = {one.name_key for one in left if not (one.npp and one.npp in self.npp)}
        self.name = self._by("name_key", nameless)

    def _is_settled(self, one: Identity) -> bool:
        """Whether the NIB found it with the same tax number: then nobody asks who else has that number."""
        found = self.nib.get(one.nib, ()) if one.nib else ()
        return bool(found) and all(
            row.same_as_id is None and (row.npwp or row.npwp_index) == one.tax for row in found
        )

    def _is_found(self, one: Identity) -> bool:
        return bool((one.nib and one.nib in self.nib) or (one.tax and one.tax in self.tax))

    def _by(self, name: str, values: set[str]) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = defaultdict(list)
        if values:
            at = self._names.index(name)
            for row in self._rows(name, values):
                found[row[at]].append(row)
        return dict(found)

    def _rows(self, name: str, values: Iterable[Any]) -> list[Any]:
        """Read by the table, not by the class: the rows need not pass through the ORM."""
        column: Any = _EMPLOYER.c[name]
        read = [_plain(_EMPLOYER.c[one]) for one in self._names]
        said = select(*read).where(among(column, values), self._here).order_by(_EMPLOYER.c.id)
        result = db.session.execute(said).all()
        rows: list[Any] = list(map(self._made, result)) if self._made else list(result)
        self._by_id.update((row[0], row) for row in rows)
        return rows

    def _follow(self) -> None:
        """A row that a person joined to another stands for that one."""
        joined = {row.same_as_id for row in self._by_id.values() if row.same_as_id}
        if not joined:
            return
        if missing := joined - self._by_id.keys():
            self._rows("id", missing)
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
            self._rows("id", missing)


def observed(ids: Iterable[int]) -> dict[int, list[Any]]:
    """Return what was said of these employers, in the order in which it was stored. 1 statement."""
    found: dict[int, list[Any]] = defaultdict(list)
    wanted = list(ids)
    if wanted:
        employer: Any = _OBSERVATION.c.employer_id
        rows = select(*_OBSERVED).where(among(employer, wanted)).order_by(_OBSERVATION.c.id)
        for row in db.session.execute(rows):
            found[row.employer_id].append(row)
    return found
