"""SQLite: the online backup API gives a whole copy, stored as it is; rows are counted and digested."""

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import NullPool, create_engine, make_url

from ombudsman_app.core.durable import sync_folder, writing
from ombudsman_app.core.faults import crash_point
from ombudsman_app.core.sealed_files import PIECE_BYTES

from .archive import Entry, Member, Writer
from .errors import BackupFailed, PlaceRefused

_TAILS = ("", "-wal", "-shm", "-journal")


def file_of(url: str) -> Path:
    """Return the file that an address names."""
    name = make_url(url).database
    if not name or name == ":memory:":
        raise PlaceRefused("A database in memory cannot be copied.")
    return Path(name).resolve()


@contextmanager
def snapshot(url: str, scratch: Path) -> Iterator["SqliteSnapshot"]:
    """Copy the database into the scratch folder, which the caller removes. Writers go on meanwhile."""
    source = file_of(url)
    if not source.is_file():
        raise PlaceRefused(f"There is no database at {source}.")
    copy = scratch / "copy.db"
    try:
        with closing(_open(source)) as live, closing(sqlite3.connect(copy)) as target:
            live.backup(target)  # in one step: in pieces it would begin anew with each write of others
            target.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
    except sqlite3.Error as failed:
        raise BackupFailed(f"The database could not be copied: {failed}.") from None
    crash_point("backup.snapshot")
    engine = create_engine(f"sqlite:///{copy}", poolclass=NullPool)
    try:
        with engine.connect() as connection:
            yield SqliteSnapshot(connection, copy)
    finally:
        engine.dispose()


class SqliteSnapshot:
    """The copy."""

    def __init__(self, connection: Any, copy: Path) -> None:
        self.connection, self._copy = connection, copy
        self.size_bytes = copy.stat().st_size

    def add_to(self, writer: Writer) -> Iterator[Entry]:
        """Add the file, then what its tables hold."""
        with closing(_open(self._copy)) as raw:
            _refuse_damaged(raw)
            with self._copy.open("rb") as file:
                yield writer.add(
                    "database", "ombudsman.db", iter(partial(file.read, PIECE_BYTES), b""), is_packed=True
                )
            for name in _tables(raw):
                rows, digest = _digest(raw, name)
                yield writer.add("table", name, (), told=partial(dict, rows=rows, sha256=digest))

    def details(self) -> Mapping[str, Any]:
        """Return nothing: the file says it all."""
        return {}


class SqliteTarget:
    """A file that is not there yet."""

    def __init__(self, url: str) -> None:
        self.url, self._path = url, file_of(url)

    def refuse_unless_empty(self, *, is_begun: bool) -> None:
        """Raise PlaceRefused where a database lies there that no restore has begun."""
        if is_begun:
            return
        for tail in _TAILS:
            path = Path(f"{self._path}{tail}")
            if path.exists():
                raise PlaceRefused(f"{path} is there already.")

    def remove_leftovers(self) -> None:
        """Remove what an unfinished restore left."""
        for tail in _TAILS:
            Path(f"{self._path}{tail}").unlink(missing_ok=True)

    @contextmanager
    def loading(self, _revision: str) -> Iterator["_SqliteLoading"]:
        """The file comes with its tables."""
        yield _SqliteLoading(self._path)
        sync_folder(self._path.parent)

    def end(self) -> None:
        """Nothing is left to say."""

    def differs(self, entry: Entry) -> bool:
        """Whether a table is another one."""
        if entry.kind != "table":
            return False
        with closing(_open(self._path)) as raw, suppress(sqlite3.DatabaseError):
            return _digest(raw, entry.name) != (entry.details["rows"], entry.details["sha256"])
        return True


class _SqliteLoading:
    def __init__(self, path: Path) -> None:
        self._path = path

    def take(self, member: Member) -> None:
        if member.kind == "database":
            with writing(self._path, point="restore.database") as file:
                for piece in member.pieces:
                    file.write(piece)

    def finish(self, details: Mapping[str, Any]) -> None:
        pass


def _refuse_damaged(raw: sqlite3.Connection) -> None:
    try:
        found = str(raw.execute("PRAGMA quick_check").fetchone()[0])
    except sqlite3.DatabaseError as failed:
        found = str(failed)
    if found != "ok":
        raise BackupFailed(f"The database is damaged: {found[:200]}.")


def _open(path: Path) -> sqlite3.Connection:
    """Open for reading; text that is no UTF-8 stays what it is."""
    raw = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=60)
    raw.text_factory = lambda held: held.decode("utf-8", "surrogateescape")
    return raw


def _tables(raw: sqlite3.Connection) -> list[str]:
    found = raw.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        " AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
    )
    return [str(name) for (name,) in found]


def _digest(raw: sqlite3.Connection, table: str) -> tuple[int, str]:
    """Count the rows and return a SHA-256 over all values with their kinds, in the order of the key."""
    quoted = f'"{table}"'
    columns = raw.execute(f"PRAGMA table_info({quoted})").fetchall()
    keys = [f'"{name}"' for _key, name in sorted((column[5], column[1]) for column in columns if column[5])]
    digest, rows = hashlib.sha256(), 0
    digest.update("\0".join(str(column[1]) for column in columns).encode())
    for row in raw.execute(f"SELECT * FROM {quoted} ORDER BY {', '.join(keys) or 'rowid'}"):  # noqa: S608 - names of our tables
        for value in row:
            plain = _as_bytes(value)
            digest.update(f"{type(value).__name__}{len(plain)}:".encode() + plain)
        rows += 1
    return rows, digest.hexdigest()


def _as_bytes(value: object) -> bytes:
    if isinstance(value, bytes):
        return value
    return str(value).encode("utf-8", "surrogateescape")
