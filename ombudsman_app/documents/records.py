"""What the office states about a paper, in the one form that is signed (RP3). Nobody's identity is in it."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Protocol, TypeVar

VERSION = 1
T = TypeVar("T")


@dataclass(frozen=True)
class Record:
    """A paper as it was issued. `office` is the code of the office, `sha256` that of the signed PDF."""

    code: str
    number: str
    kind: str
    office: str
    issued_on: date
    pages: int
    size_bytes: int
    sha256: str


class _Office(Protocol):
    @property
    def code(self) -> str: ...


class Made(Protocol):
    """What is needed of a `Document`: the command line starts without the models."""

    @property
    def code(self) -> str | None: ...
    @property
    def number(self) -> str | None: ...
    @property
    def kind(self) -> str: ...
    @property
    def office(self) -> _Office: ...
    @property
    def issued_on(self) -> date | None: ...
    @property
    def pages(self) -> int | None: ...
    @property
    def size_bytes(self) -> int | None: ...
    @property
    def sha256(self) -> str | None: ...


def record_of(document: Made) -> Record:
    """Return the record of a paper whose pages are there; its office must be loaded."""
    return Record(
        code=_there(document.code),
        number=_there(document.number),
        kind=document.kind,
        office=document.office.code,
        issued_on=_there(document.issued_on),
        pages=_there(document.pages),
        size_bytes=_there(document.size_bytes),
        sha256=_there(document.sha256),
    )


def canonical(paper: Made | Record) -> bytes:
    """Return the bytes that are signed: JSON in ASCII, keys sorted, no blanks, days as 2026-11-26."""
    record = paper if isinstance(paper, Record) else record_of(paper)
    return as_json({"version": VERSION, **asdict(record), "issued_on": record.issued_on.isoformat()})


def as_json(value: Any) -> bytes:
    """Write JSON in the one way that a signature can stand on."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False).encode("ascii")


def _there(value: T | None) -> T:
    if value is None:
        raise ValueError("this paper has not been made yet")
    return value
