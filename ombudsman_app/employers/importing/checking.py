"""What each row of a list is: new, known, doubtful. NIB and NPWP decide; a name or NPP is for a person."""

from collections.abc import Mapping, Sequence
from typing import Any

from ombudsman_app.core.sealing import hmac_hex
from ombudsman_app.imports.kinds import Context, Judged, Reason
from ombudsman_app.imports.states import Verdict

from .columns import Row
from .register import Identity, Known, Register, identity_of, may_be_one, observed
from .said import said_of

_CANDIDATES = 5
_DIGEST = "employer-import-row"
Match = tuple[Any, list[Reason], list[Any]]  # the record or None, why, the records it may be


class EmployerChecker:
    """Judges the rows of one import and remembers which employers it has seen in it."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._seen: dict[str, tuple[int, Any, int | None]] = {}  # key → row, what it says, its record

    def judge(self, rows: Sequence[tuple[int, Sequence[Any]]]) -> list[Judged]:
        """Judge a batch. ≤ 8 statements."""
        typed = [(number, Row._make(values)) for number, values in rows]
        identities = [identity_of(row) for _number, row in typed]
        register = Register(self._context.office_id, identities)
        pairs = zip(identities, typed, strict=True)
        matched = [_match(one, row.region, register) for one, (_number, row) in pairs]
        known = observed({found.id for found, _reasons, _maybe in matched if found is not None})
        return [
            self._judge(number, row, one, found, known)
            for (number, row), one, found in zip(typed, identities, matched, strict=True)
        ]

    def _judge(
        self, number: int, row: Row, one: Identity, match: Any, known: Mapping[int, list[Any]]
    ) -> Judged:
        found, reasons, maybe = match
        said = said_of(row, self._context)
        key = _key(one, row)
        before = self._seen.get(key)
        record_id = found.id if found is not None else None
        if before is not None:
            return self._twice(row, one, said, before)
        self._seen[key] = (number, said, record_id)
        if maybe:
            ids = [other.id for other in maybe[:_CANDIDATES]]
            return Judged(Verdict.DOUBTFUL, reasons, candidates=ids, digest=self._digest(row))
        if found is None:
            # also of a row with a number: what a person says of its name need not be said again
            return Judged(Verdict.NEW, reasons, digest=self._digest(row))
        return _known(row, one, said, (found, reasons), known.get(found.id, ()))

    def _twice(self, row: Row, one: Identity, said: Any, before: tuple[int, Any, int | None]) -> Judged:
        """The same employer again: another day adds to it, the same day is a double or a contradiction."""
        first, said_first, record_id = before
        if not one.has_number:
            return Judged(Verdict.DOUBTFUL, [("", "same_name_row", first)], digest=self._digest(row))
        if said == said_first:
            return Judged(Verdict.REJECTED, [("", "row_twice", first)])
        if said[0] == said_first[0]:
            return Judged(Verdict.REJECTED, [("", "row_contradicts", first)])
        other_day: list[Reason] = [("", "other_day_of_row", first)]
        if record_id is not None:
            return Judged(Verdict.CHANGE, other_day, record_id=record_id)
        digest = self._digest_if_needed(row, one)
        return Judged(Verdict.CHANGE, other_day, same_row=first, digest=digest)

    def _digest_if_needed(self, row: Row, one: Identity) -> str:
        return "" if one.has_deciding_number else self._digest(row)

    def _digest(self, row: Row) -> str:
        office, source = self._context.office_id, self._context.source
        return hmac_hex(repr((office, source, str(self._context.as_of), *row)), purpose=_DIGEST)


def _key(one: Identity, row: Row) -> str:
    """By what the same employer is known again in one list; branches of a firm are not one."""
    if one.nib:
        return f"b{one.nib}{one.nitku or ''}"
    if one.tax:
        return f"t{one.tax}{one.nitku or ''}{one.division or ''}"
    if one.npp:
        return f"p{one.npp}{one.division or ''}"
    return f"n{row.region or ''}{one.name_key}"


def _match(one: Identity, region: int | None, register: Register) -> Match:
    """Return the record this row is (or None), why, and the records it may be."""
    by_nib = register.nib.get(one.nib, []) if one.nib else []
    by_tax = register.tax.get(one.tax, []) if one.tax else []
    by_npp = register.npp.get(one.npp, []) if one.npp else []
    if by_nib:
        return _by_nib(one, by_nib, by_tax)
    if by_tax:
        return _by_tax(one, by_tax)
    return _by_npp(one, by_npp) if by_npp else _by_name(one, region, register)


def _by_tax(one: Identity, by_tax: list[Any]) -> Match:
    same = [known for known in by_tax if may_be_one(one, known)]
    other = [known for known in same if _other(one.nib, known.nib)]
    if len(same) == 1 and not other:
        return same[0], [("", "same_npwp")], []
    return None, [("", "other_nib" if other else "branch")], by_tax


def _by_npp(one: Identity, by_npp: list[Any]) -> Match:
    """An NPP is for a person, with the same name too: firms change it, and divisions share it."""
    same = [known for known in by_npp if not _other(one.division, known.npp_division)]
    if len(same) == 1 and same[0].name_key == one.name_key and not _number_differs(one, same[0]):
        return None, [("", "same_npp")], same
    return None, [("", "npp_other")], by_npp


def _by_name(one: Identity, region: int | None, register: Register) -> Match:
    named = [
        known
        for known in register.name.get(one.name_key, ())
        if not (region and known.region_id and known.region_id != region)
    ]
    if not named:
        return None, [], []
    differs = all(_number_differs(one, known) for known in named)
    return None, [("", "same_name_other_number" if differs else "same_name")], named


def _by_nib(one: Identity, by_nib: list[Any], by_tax: list[Any]) -> Match:
    if len(by_nib) > 1:  # branches share a NIB: another number may say which
        told = [known for known in by_nib if one.nitku and known.nitku == one.nitku]
        told = told or [known for known in by_nib if one.npp and known.npp == one.npp]
        if len(told) != 1:
            return None, [("", "nib_of_several")], by_nib
        by_nib = told
    found = by_nib[0]
    if not may_be_one(one, found):
        return None, [("", "branch")], [found]
    if _other(one.tax, found.npwp or found.npwp_index):
        maybe = {known.id: known for known in (found, *by_tax)}
        return None, [("", "other_npwp")], list(maybe.values())
    return found, [("", "same_nib")], []


def _other(mine: str | None, theirs: str | None) -> bool:
    return bool(mine and theirs and mine != theirs)


def _number_differs(one: Identity, known: Any) -> bool:
    return _other(one.nib, known.nib) or _other(one.tax, known.npwp or known.npwp_index)


_FILLED = ("nib", "npwp", "npp", "sector", "scale", "region", "address")


def _fillable(found: Known) -> tuple[Any, ...]:
    tax = found.npwp or found.npwp_index
    return found.nib, tax, found.npp, found.sector, found.scale, found.region_id, found.address


def _filled(row: Row, one: Identity, theirs: tuple[Any, ...]) -> list[str]:
    """Return the columns that are blank in the register and not in the list."""
    mine = (one.nib, one.tax, one.npp, row.sector, row.scale, row.region, row.address)
    pairs = zip(_FILLED, mine, theirs, strict=True)
    return [name for name, here, there in pairs if here and not there]


def _known(
    row: Row, one: Identity, said: Any, match: tuple[Any, list[Reason]], known: Sequence[Any]
) -> Judged:
    """Whether the row adds to what is known of its record."""
    found, reasons = match
    theirs = _fillable(found)
    fills = [] if all(theirs) else _filled(row, one, theirs)
    is_said = any(said.is_in(seen) for seen in known)
    told = [*reasons, *((name, "fills") for name in fills)]
    if one.name_key != found.name_key:
        told.append(("name", "other_name"))
    if is_said and not fills:
        return Judged(Verdict.UNCHANGED, told, record_id=found.id)
    return Judged(Verdict.CHANGE, told if is_said else [*told, ("", "new_word")], record_id=found.id)
