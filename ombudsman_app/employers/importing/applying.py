"""A batch of rows enters the register: employers are made, blanks filled, observations added."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, cast

from sqlalchemy import Table

from ombudsman_app.core.bulk import insert_rows, new_ids, update_rows
from ombudsman_app.employers.gaps import gap_of
from ombudsman_app.employers.identifiers import is_of_person
from ombudsman_app.employers.models import Employer, Noncompliance, Observation
from ombudsman_app.employers.sectors import section_of
from ombudsman_app.employers.states import Breach, EmployerKind, bit_of
from ombudsman_app.employers.tax_numbers import index_of, sealed
from ombudsman_app.imports.kinds import Change, Context, Outcome, ToApply

from .columns import Row
from .inserting import insert_employers
from .register import (
    CARRIED,
    CARRIED_AT,
    FILLED,
    FILLED_AT,
    Identity,
    Register,
    identity_of,
    may_be_one,
    observed,
)
from .said import Said, gap_of_one, said_of

_EMPLOYER = cast(Table, Employer.__table__)
_OBSERVATION = cast(Table, Observation.__table__)
_NONCOMPLIANCE = cast(Table, Noncompliance.__table__)
_MADE = (
    *("id", "representative_office_id", "kind", "name", "name_key", *FILLED),
    *(name for name in CARRIED if name not in ("version", "changed_at")),
    *("version", "is_listed", "made_by_id", "made_at"),
)
_WRITTEN = (*FILLED, *CARRIED)
_SORTED = ("gap_low", "gap_high", "gap_order", "open_breaches")  # by these the lists sort and filter
_UNSORTED = tuple(name for name in CARRIED if name not in _SORTED)
_UNSORTED_AT = tuple(CARRIED.index(name) for name in _UNSORTED)
_SEEN = (
    *("employer_id", "observed_on", "workers_low", "workers_high", "registered_low", "registered_high"),
    *("wage_paid", "wage_reported", "source_kind", "source", "note", "import_id", "made_by_id", "made_at"),
)
_BROKEN = (
    *("employer_id", "breach", "found_on", "source_kind", "source", "is_proven", "import_id", "made_by_id"),
    "made_at",
)


_NPP, _DIVISION, _NPWP, _INDEX = (
    FILLED.index(name) for name in ("npp", "npp_division", "npwp", "npwp_index")
)
_TAX = frozenset(place for place, name in enumerate(FILLED) if name.startswith("npwp"))


class _New(NamedTuple):
    row: Row
    name_key: str
    filled: tuple[Any, ...]


def apply_rows(context: Context, given: Sequence[ToApply], records: Mapping[int, int]) -> Outcome:
    """Write a batch. ≤ 20 statements, however many rows."""
    return _Batch(context, given, records).write()


class _Batch:
    def __init__(self, context: Context, given: Sequence[ToApply], records: Mapping[int, int]) -> None:
        given = _led(given, records)
        self._context, self._given = context, given
        self._rows = [Row(*row.values) for row in given]
        pairs = zip(given, self._rows, strict=True)
        self._ones = [None if row.record_id else identity_of(typed) for row, typed in pairs]
        loose = [
            one
            for row, one in zip(given, self._ones, strict=True)
            if one is not None and row.same_row is None and not row.is_decided
        ]
        self._register = Register(context.office_id, loose, only_numbers=True)
        self._register.fetch({row.record_id for row in given if row.record_id} | set(records.values()))
        self._record_of: dict[int, int] = dict(records)  # by number of the row
        self._new: dict[int, _New] = {}
        self._filled: dict[int, list[Any]] = {}
        self._said: dict[int, list[Said]] = {}
        self._breaches: dict[int, dict[str, Said]] = {}

    def write(self) -> Outcome:
        self._sort()
        known_ids = [one for one in self._said if one not in self._new]
        carried = self._carried(known_ids)
        self._insert_new(carried)
        changes = self._update_known(known_ids, carried)
        self._insert_words()
        made = [Change(record_id, None, 1) for record_id in self._new]
        numbers = {row.number: self._record_of[row.number] for row in self._given}
        return Outcome(numbers, [*made, *changes])

    def _sort(self) -> None:
        """Say for each row which record it belongs to; records that other people made meanwhile are found."""
        fresh = []
        for place, row in enumerate(self._given):
            record_id = row.record_id
            if record_id is None and row.same_row is None and not row.is_decided:
                record_id = self._found(self._ones[place])
            if record_id is not None:
                self._belongs(place, record_id)
            elif row.same_row is None:
                fresh.append(place)
        for place, record_id in zip(fresh, new_ids(_EMPLOYER, len(fresh)), strict=True):
            self._make(place, record_id)
        for place, row in enumerate(self._given):  # a second day of an employer that a row before it brought
            if row.same_row is not None and row.record_id is None:
                self._belongs(place, self._record_of[row.same_row])

    def _make(self, place: int, record_id: int) -> None:
        row = self._rows[place]
        one = self._ones[place] or identity_of(row)
        self._new[record_id] = _New(row, one.name_key, _filled(row, one.legal_form))
        self._belongs(place, record_id)

    def _found(self, one: Identity | None) -> int | None:
        if one is None:
            return None
        found = self._register.nib.get(one.nib, []) if one.nib else []
        if not found and one.tax:
            found = [known for known in self._register.tax.get(one.tax, ()) if may_be_one(one, known)]
        return int(found[0].id) if len(found) == 1 and may_be_one(one, found[0]) else None

    def _belongs(self, place: int, record_id: int) -> None:
        row, said = self._rows[place], said_of(self._rows[place], self._context)
        self._record_of[self._given[place].number] = record_id
        self._said.setdefault(record_id, []).append(said)
        for breach in row.breaches or ():
            self._breaches.setdefault(record_id, {}).setdefault(breach, said)
        known = self._register.record(record_id)
        if known is not None:
            self._fill(record_id, known, row)

    def _fill(self, record_id: int, known: Any, row: Row) -> None:
        """Fill what is not known; what is known stays as it is."""
        held = self._filled.get(record_id)
        if held is None:
            held = self._filled[record_id] = list(known[FILLED_AT])
        given = _filled(row, row.legal_form)
        has_tax, has_npp = held[_NPWP] or held[_INDEX], held[_NPP]
        for place, value in enumerate(given):
            if value is not None and held[place] is None:
                is_number = (has_tax and place in _TAX) or (
                    place == _DIVISION and has_npp not in (None, given[_NPP])
                )
                held[place] = None if is_number else value

    def _carried(self, known_ids: list[int]) -> dict[int, tuple[Any, ...]]:
        """Return what lists sort by, of every record; words that were stored before are dropped."""
        before = observed(known_ids)
        open_bits = self._open_bits(known_ids)
        found = {}
        for record_id, said in self._said.items():
            stored = before.get(record_id, [])
            if stored:
                said[:] = [one for one in said if not any(one.is_in(seen) for seen in stored)]
            whole = len(stored) + len(said)
            gap = gap_of_one(said[0]) if whole == 1 and said else gap_of([*stored, *said])
            bits = open_bits.get(record_id, 0)
            wanted = self._breaches.get(record_id, {})
            for breach in [breach for breach in wanted if bits & bit_of(Breach(breach))]:
                del wanted[breach]  # it is open already
            for breach in wanted:
                bits |= bit_of(Breach(breach))
            found[record_id] = (
                gap.observed_on,
                gap.workers,
                gap.registered,
                gap.low,
                gap.high,
                -gap.high,
                bits,
            )
        return found

    def _open_bits(self, known_ids: list[int]) -> dict[int, int]:
        return {
            record_id: known.open_breaches
            for record_id in known_ids
            if (known := self._register.record(record_id)) is not None
        }

    def _insert_new(self, carried: Mapping[int, tuple[Any, ...]]) -> None:
        context = self._context
        company, person = str(EmployerKind.COMPANY), str(EmployerKind.PERSON)
        rows = [
            (
                record_id,
                context.office_id,
                person if made.row.npwp and is_of_person(made.row.npwp) else company,
                made.row.name,
                made.name_key,
                *made.filled,
                *carried[record_id],
                1,
                True,
                context.actor.user_id,
                context.at,
            )
            for record_id, made in self._new.items()
        ]
        insert_employers(_MADE, rows)

    def _update_known(self, known_ids: list[int], carried: Mapping[int, tuple[Any, ...]]) -> list[Change]:
        filled_rows, rows, same_rows, changes = [], [], [], []
        first, last = CARRIED.index(_SORTED[0]), CARRIED.index(_SORTED[-1]) + 1
        for record_id in known_ids:
            known = self._register.record(record_id)
            if known is None:
                continue
            filled, old = tuple(self._filled[record_id]), tuple(known[FILLED_AT])
            is_filled = filled != old
            if not (is_filled or self._said[record_id] or self._breaches.get(record_id)):
                continue  # somebody stored the same meanwhile
            version = known.version + 1
            now_carried = (*carried[record_id], version, self._context.at)
            if is_filled:
                filled_rows.append((record_id, *filled, *now_carried))
            elif now_carried[first:last] != tuple(known[CARRIED_AT][first:last]):
                rows.append((record_id, *now_carried))
            else:
                same_rows.append((record_id, *(now_carried[place] for place in _UNSORTED_AT)))
            changes.append(Change(record_id, [*old, *known[CARRIED_AT]], version))
        update_rows(_EMPLOYER, ("id",), _WRITTEN, filled_rows)
        update_rows(_EMPLOYER, ("id",), CARRIED, rows)  # leaves the indexes of numbers and names alone
        update_rows(_EMPLOYER, ("id",), _UNSORTED, same_rows)  # and this one all of them
        return changes

    def _insert_words(self) -> None:
        context = self._context
        tail = ("", context.run_id, context.actor.user_id, context.at)
        insert_rows(
            _OBSERVATION,
            _SEEN,
            [
                (record_id, *one[:7], str(one.source_kind), one.source, *tail)
                for record_id, words in self._said.items()
                for one in words
            ],
        )
        insert_rows(
            _NONCOMPLIANCE,
            _BROKEN,
            [
                (
                    record_id,
                    breach,
                    one.observed_on,
                    str(one.source_kind),
                    one.source,
                    False,
                    context.run_id,
                    context.actor.user_id,
                    context.at,
                )
                for record_id, wanted in self._breaches.items()
                for breach, one in wanted.items()
            ],
        )


def _led(given: Sequence[ToApply], records: Mapping[int, int]) -> list[ToApply]:
    """Where a person left out the first row of an employer, its next day leads the others.

    It makes a record: what it might be was doubtful, so no number finds one for it.
    """
    here = {row.number for row in given}
    leads: dict[int, int] = {}
    found = []
    for row in given:
        first = row.same_row
        if first is None or row.record_id is not None or first in here or first in records:
            found.append(row)
            continue
        lead = leads.setdefault(first, row.number)
        is_lead = lead == row.number
        found.append(row._replace(same_row=None if is_lead else lead, is_decided=row.is_decided or is_lead))
    return found


def _filled(row: Row, legal_form: str | None) -> tuple[Any, ...]:
    """Return what a row says of the employer itself, in the order of FILLED."""
    tax = row.npwp or (row.nitku[:16] if row.nitku else None)
    is_person = tax is not None and is_of_person(tax)
    return (
        row.npp[:8] if row.npp else None,
        (row.division or row.npp[8:] or None) if row.npp else None,
        row.nib,
        None if is_person else tax,
        sealed(tax) if tax and is_person else None,
        index_of(tax) if tax and is_person else None,
        row.nitku[16:] if row.nitku else None,
        row.sector,
        section_of(row.sector),
        row.scale,
        row.region,
        row.address,
        legal_form,
    )
