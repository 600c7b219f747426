"""What both databases have in common when they are copied and put back."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import Connection, inspect, make_url, text

from .archive import Entry, Member, Writer
from .errors import PlaceRefused


@dataclass(frozen=True)
class TrailEnd:
    """Where the audit trail ended when the copy was made."""

    seq: int
    hash: str


class Snapshot(Protocol):
    """The database as it was at one instant, whatever is written meanwhile."""

    connection: Connection
    size_bytes: int

    def add_to(self, writer: Writer) -> Iterator[Entry]:
        """Add all rows, and yield the entry of each table or file as it is done."""

    def details(self) -> Mapping[str, Any]:
        """Return what the summary must know to put it back."""


class Target(Protocol):
    """A database that is to be filled."""

    url: str

    def remove_leftovers(self) -> None:
        """Remove what an unfinished restore left here."""

    def end(self) -> None:
        """Say that the restore is done."""

    def refuse_unless_empty(self, *, is_begun: bool) -> None:
        """Raise PlaceRefused where something is there; `is_begun`: the folder knows of a restore to here."""

    def loading(self, revision: str) -> AbstractContextManager["Loading"]:
        """Make the tables of a revision; afterwards all that was loaded is there for good, or nothing."""

    def differs(self, entry: Entry) -> bool:
        """Whether a table is another one than the manifest says."""


class Loading(Protocol):
    """Taking in what `add_to` gave out."""

    def take(self, member: Member) -> None:
        """Store one member."""

    def finish(self, details: Mapping[str, Any]) -> None:
        """Put right what rows do not tell: the next numbers."""


def engine_name(url: str) -> str:
    """Return sqlite or postgresql. Raises PlaceRefused."""
    name = make_url(url).get_backend_name()
    if name not in ("sqlite", "postgresql"):
        raise PlaceRefused(f"{name} is no database of this house.")
    return name


def known_as(url: str) -> str:
    """Return what tells a database from others, without a password."""
    parts = make_url(url)
    return f"{parts.host or parts.query.get('host', '')}:{parts.port or ''}/{parts.database}"


def revision_of(connection: Connection) -> str:
    """Return the revision of the tables. Raises PlaceRefused where there is none."""
    if not inspect(connection).has_table("alembic_version"):
        raise PlaceRefused("This database has no tables of the house: run `ombudsman db upgrade` first.")
    return str(connection.scalar(text("SELECT version_num FROM alembic_version")))


def trail_end(connection: Connection) -> TrailEnd | None:
    """Return where the trail ends; None: it has not begun."""
    if not inspect(connection).has_table("trail_head"):
        return None
    found = connection.execute(text("SELECT seq, hash FROM trail_head WHERE id = 1")).first()
    return TrailEnd(int(found.seq), str(found.hash)) if found else None
