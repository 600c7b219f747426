"""Which lists can be brought. Upper domains register theirs in `imports.py` at start.

A kind does its work in batches of `BATCH` rows, each by a fixed number of statements. What it checks it looks
for again when it applies: other people work meanwhile.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol

from ombudsman_app.core.policy import Actor, Role

from .states import Verdict

BATCH = 5_000
LazyText = Any  # what lazy_gettext returns
Notes = list[tuple[str, str]]  # (column, code): odd, but taken
Tick = Callable[[int, int], None]  # so many of so many are done; raises when the work was cancelled
Reader = Callable[[Any, Notes], Any]  # a cell → what is stored of it as JSON; raises CellRefused
Reason = Sequence[Any]  # [column or "", code, detail…]: no text of the file


class CellRefused(Exception):
    """A cell cannot be read. `code` and details find the sentence; never its text."""

    def __init__(self, code: str, *details: str | int) -> None:
        super().__init__(code)
        self.code, self.details = code, details


class Remembered:
    """A reader of a column whose cells repeat. It has nothing to note; `known`: what was read before."""

    _KEPT = 20_000

    def __init__(self, read: Reader) -> None:
        self._read = read
        self.known: dict[Any, Any] = {}

    def __call__(self, cell: Any, notes: Notes) -> Any:
        """Read a cell that was not seen before."""
        told = len(notes)
        value = self._read(cell, notes)
        if len(self.known) > self._KEPT:
            self.known.clear()
        if len(notes) == told:
            self.known[cell] = value
        return value


@dataclass(frozen=True)
class Column:
    """One column that a kind understands. `synonyms`: other heads of it, as lists of the field have them."""

    name: str
    label: LazyText
    synonyms: tuple[str, ...] = ()
    hint: LazyText = ""
    is_needed: bool = False


@dataclass(frozen=True)
class Context:
    """What all rows of one import share."""

    run_id: int
    office_id: int  # representative office
    actor: Actor
    source: str
    source_kind: str
    as_of: date
    at: datetime


class Judged(NamedTuple):
    """What is said of one row. `candidates`: ids of records; `same_row`: the row that brings this record.

    `digest`: by it the row is known again where no number could tell; "" where one can.
    """

    verdict: Verdict
    reasons: Sequence[Reason] = ()
    record_id: int | None = None
    candidates: Sequence[int] = ()
    same_row: int | None = None
    digest: str = ""


class Alike(NamedTuple):
    """A row that seemed new and may be one of these records, the likeliest first."""

    number: int
    candidates: Sequence[int]
    reasons: Sequence[Reason]


class ToApply(NamedTuple):
    """One row on its way into the register. `record_id`: what it belongs to; None: a new record.

    `same_row`: it belongs to the record of that row.
    """

    number: int
    values: Sequence[Any]
    record_id: int | None
    same_row: int | None
    is_decided: bool


class Change(NamedTuple):
    """One record that was made (`before` None) or changed, so that it can be put back."""

    record_id: int
    before: Sequence[Any] | None  # values that JSON can hold; days, instants and bytes too
    version: int


class Touched(NamedTuple):
    """A record of an import, its version after it, and whether the import made it."""

    record_id: int
    version: int
    is_made: bool


class Outcome(NamedTuple):
    """What came of a batch: the record of each row by its number, and the changes."""

    records: Mapping[int, int]
    changes: Sequence[Change]


class Checker(Protocol):
    """Judges the rows of one import, batch after batch."""

    def judge(self, rows: Sequence[tuple[int, Sequence[Any]]]) -> Sequence[Judged]:
        """Say what each row is; rows are (number, values in the order of the columns)."""


Side = Sequence[tuple[LazyText, str]]  # what is known of a record, question by question


@dataclass(frozen=True)
class ImportKind:
    """One kind of list."""

    id: str
    title: LazyText
    lead: LazyText
    columns: tuple[Column, ...]
    roles: frozenset[Role]
    source_kinds: Callable[[], Sequence[tuple[str, LazyText]]]
    readers: Callable[[Context], Mapping[str, Reader]]
    checker: Callable[[Context], Checker]
    apply: Callable[[Context, Sequence[ToApply], Mapping[int, int]], Outcome]
    # ids of those records that were changed since, or are named by what this import did not bring
    edited: Callable[[int, Sequence[Touched]], Sequence[int]]
    undo: Callable[[int, Sequence[Change]], None]
    sides: Callable[[Actor, Sequence[int]], Mapping[int, Side]]
    side_of_row: Callable[[Sequence[Any]], Side]
    reason_words: Callable[[str, Sequence[Any]], str]
    page: tuple[str, str]  # endpoint of a record and the name of its value
    list_endpoint: str
    # compares rows that seem new with all records; None: this kind has no names that are spelt in two ways
    alike: Callable[[Context, Sequence[tuple[int, Sequence[Any]]], Tick], Iterable[Alike]] | None = None
    # reasons for which one word of a person makes many rows the one record that each was offered
    same_for: frozenset[str] = frozenset()
    # endpoint of the page where another person decides on the rows of a run; "": they hold once applied
    proposals_endpoint: str = ""
    # called inside the command that ends the applying, with the run and who applied it
    applied: Callable[[Any, Actor], None] | None = None
    sample: Sequence[Sequence[str]] = ()
    shown: tuple[str, ...] = ()  # the columns that name a row
    extras: Mapping[str, Any] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]


_kinds: dict[str, ImportKind] = {}


def register(kind: ImportKind) -> None:
    """Make a kind known, under its id."""
    _kinds[kind.id] = kind


def forget(kind_id: str) -> None:
    """Take a kind away again: for tests."""
    _kinds.pop(kind_id, None)


def kind_of(kind_id: str) -> ImportKind:
    """Return a kind. Raises KeyError for one that nobody registered."""
    return _kinds[kind_id]


def kinds_for(actor: Actor) -> list[ImportKind]:
    """Return the kinds that this person may bring somewhere."""
    return [kind for kind in _kinds.values() if actor.offices_as(*kind.roles)]


def all_kinds() -> list[ImportKind]:
    """Return all kinds."""
    return list(_kinds.values())
