"""PostgreSQL: one REPEATABLE READ transaction, each table by COPY. Needs no program of the server.

The shape of the tables comes from our own migrations, so a backup fits every server that they fit.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from psycopg import sql
from sqlalchemy import Connection, create_engine, inspect, text
from sqlalchemy.pool import NullPool

from ombudsman_app.core.config import Settings
from ombudsman_app.core.faults import crash_point

from .archive import Entry, Member, Writer
from .errors import BackupFailed, PlaceRefused

_UNFINISHED = "kawal_restore_unfinished"  # a table that says: what is here, a restore has put here
_REVISIONS = "alembic_version"  # the head tells it
# The text of COPY must not depend on how a server, a database or an account is set up.
_PLAIN = (
    "SET LOCAL TimeZone = 'UTC'", "SET LOCAL DateStyle = 'ISO, YMD'", "SET LOCAL IntervalStyle = 'postgres'",
    "SET LOCAL bytea_output = 'hex'", "SET LOCAL extra_float_digits = 1",
    "SET LOCAL client_encoding = 'UTF8'",
    "SET LOCAL statement_timeout = 0", "SET LOCAL idle_in_transaction_session_timeout = 0",
)  # fmt: skip


@dataclass(frozen=True)
class _Table:
    name: str
    columns: tuple[str, ...]  # those that are stored, in their order
    order: sql.Composable


@contextmanager
def snapshot(url: str) -> Iterator["PostgresSnapshot"]:
    """Hold one instant of the database for the length of the block. Writers go on meanwhile."""
    engine = create_engine(url, poolclass=NullPool, isolation_level="REPEATABLE READ")
    try:
        with engine.connect() as connection, connection.begin():
            connection.exec_driver_sql("SET TRANSACTION READ ONLY")
            _be_plain(connection)
            yield PostgresSnapshot(connection)
    finally:
        engine.dispose()


def _be_plain(connection: Connection) -> None:
    for setting in _PLAIN:
        connection.exec_driver_sql(setting)


class PostgresSnapshot:
    """The rows of one instant."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._tables = list(_tables(connection))
        raw = _raw(connection)
        for table in self._tables:  # no migration changes its shape while we read
            raw.execute(sql.SQL("LOCK TABLE {} IN ACCESS SHARE MODE").format(sql.Identifier(table.name)))
        self.size_bytes = int(connection.scalar(text("SELECT pg_database_size(current_database())")) or 0)

    def add_to(self, writer: Writer) -> Iterator[Entry]:
        """Add each table as COPY writes it, in the order of its key."""
        crash_point("backup.snapshot")
        for table in self._tables:
            counted = _Counted(_copied_out(self.connection, table))
            about = {"columns": list(table.columns)}
            yield writer.add("table", table.name, counted, is_packed=True, about=about, told=counted.told)

    def details(self) -> Mapping[str, Any]:
        """Return the last number that each sequence has given out. They go on beside the snapshot."""
        found = self.connection.execute(
            text("SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = current_schema()")
        )
        return {"sequences": {row.sequencename: row.last_value for row in found if row.last_value}}


class _Counted:
    """Blocks of COPY and how many lines there were: one for each row."""

    def __init__(self, blocks: Iterable[bytes | memoryview]) -> None:
        self._blocks, self.rows = blocks, 0

    def __iter__(self) -> Iterator[bytes]:
        for block in self._blocks:
            plain = bytes(block)
            self.rows += plain.count(b"\n")
            yield plain

    def told(self) -> Mapping[str, Any]:
        return {"rows": self.rows}


def _raw(connection: Connection) -> Any:
    return connection.connection.driver_connection


def _copied_out(connection: Connection, table: _Table) -> Iterator[bytes | memoryview]:
    wanted = sql.SQL("COPY (SELECT {} FROM {} ORDER BY {}) TO STDOUT").format(
        _names(table.columns), sql.Identifier(table.name), table.order
    )
    with _raw(connection).cursor() as cursor, cursor.copy(wanted) as out:
        yield from out


def _names(columns: Iterable[str]) -> sql.Composable:
    return sql.SQL(", ").join(map(sql.Identifier, columns))


def _tables(connection: Connection) -> Iterator[_Table]:
    """Yield our tables by name. Text is ordered by its bytes, as every server does alike."""
    seen = inspect(connection)
    for name in sorted(seen.get_table_names()):
        if name == _REVISIONS:
            continue
        columns = [column for column in seen.get_columns(name) if not column.get("computed")]
        kinds = {column["name"]: column["type"] for column in columns}
        keys = seen.get_pk_constraint(name)["constrained_columns"] or list(kinds)
        is_text = {key: getattr(kinds[key], "collation", False) is not False for key in keys}
        order = sql.SQL(", ").join(
            sql.SQL('{} COLLATE "C"').format(sql.Identifier(key)) if is_text[key] else sql.Identifier(key)
            for key in keys
        )
        yield _Table(name, tuple(kinds), order)


class PostgresTarget:
    """A database without tables."""

    def __init__(self, url: str, settings: Settings) -> None:
        self.url, self._settings = url, settings
        self._engine = create_engine(url, poolclass=NullPool)

    def refuse_unless_empty(self, *, is_begun: bool) -> None:  # noqa: ARG002 - it has a marker of its own
        """Raise PlaceRefused where there are tables that no restore has begun."""
        with self._engine.connect() as connection:
            names = inspect(connection).get_table_names()
        if names and _UNFINISHED not in names:
            raise PlaceRefused(
                f"The database {self._engine.url.database} is not empty: it has {len(names)} tables."
            )

    def remove_leftovers(self) -> None:
        """Drop what an unfinished restore left; its marker says that nothing else is there."""
        with self._engine.begin() as connection:
            if _UNFINISHED not in inspect(connection).get_table_names():
                return
            raw = _raw(connection)
            for name in inspect(connection).get_table_names():
                raw.execute(sql.SQL("DROP TABLE IF EXISTS {} CASCADE").format(sql.Identifier(name)))
            for kind, names in (("SEQUENCE", _SEQUENCES), ("FUNCTION", _FUNCTIONS)):
                for (name,) in connection.execute(text(names)).all():
                    raw.execute(sql.SQL("DROP {} IF EXISTS {} CASCADE").format(sql.SQL(kind), sql.SQL(name)))

    @contextmanager
    def loading(self, revision: str) -> Iterator["_PostgresLoading"]:
        """Make the tables, then load all rows in one transaction. The marker stays until `end`."""
        from alembic import command

        from ombudsman_app.core.migrating import alembic_config  # the web has no use for it

        with self._engine.begin() as connection:
            connection.exec_driver_sql(f"CREATE TABLE IF NOT EXISTS {_UNFINISHED} (begun timestamptz)")
        crash_point("restore.marked")
        config = alembic_config(self._settings)
        command.upgrade(config, revision)
        config.attributes["engine"].dispose()
        crash_point("restore.tables")
        with self._engine.begin() as connection:
            _be_plain(connection)
            loading = _PostgresLoading(connection)
            loading.open_gates()
            yield loading
            loading.close_gates()
            crash_point("restore.loaded")

    def end(self) -> None:
        """Take the marker away: from here on this is a house like any other."""
        with self._engine.begin() as connection:
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS {_UNFINISHED}")

    def differs(self, entry: Entry) -> bool:
        """Whether a table is another one: copied out again and digested."""
        with self._engine.begin() as connection:
            _be_plain(connection)
            table = next((one for one in _tables(connection) if one.name == entry.name), None)
            wanted = entry.details["columns"]
            if table is None or set(table.columns) != set(wanted):
                return True
            digest = hashlib.sha256()
            for block in _copied_out(connection, replace(table, columns=tuple(wanted))):
                digest.update(block)
            return digest.hexdigest() != entry.sha256


_SEQUENCES = "SELECT quote_ident(sequencename) FROM pg_sequences WHERE schemaname = current_schema()"
_FUNCTIONS = """SELECT oid::regprocedure::text FROM pg_proc
WHERE pronamespace = current_schema()::regnamespace
AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')"""
_FOREIGN_KEYS = """SELECT conrelid::regclass::text AS place, quote_ident(conname) AS name,
pg_get_constraintdef(oid) AS rule FROM pg_constraint
WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY conname"""


class _PostgresLoading:
    """Rows come table by table; which refers to which is looked at when all are there."""

    def __init__(self, connection: Connection) -> None:
        self._connection, self._raw = connection, _raw(connection)
        self._tables = {table.name for table in _tables(connection)}
        self._foreign_keys = connection.execute(text(_FOREIGN_KEYS)).all()

    def open_gates(self) -> None:
        for key in self._foreign_keys:
            self._raw.execute(f"ALTER TABLE {key.place} DROP CONSTRAINT {key.name}")

    def close_gates(self) -> None:
        for key in self._foreign_keys:
            self._raw.execute(f"ALTER TABLE {key.place} ADD CONSTRAINT {key.name} {key.rule}")

    def take(self, member: Member) -> None:
        if member.name not in self._tables:
            raise BackupFailed(f"The migrations know no table {member.name}.")
        name = sql.Identifier(member.name)
        held = self._raw.execute(sql.SQL("SELECT EXISTS (SELECT FROM {})").format(name)).fetchone()
        if held[0]:  # what a migration wrote
            self._raw.execute(sql.SQL("DELETE FROM {}").format(name))
        wanted = sql.SQL("COPY {} ({}) FROM STDIN").format(name, _names(member.about["columns"]))
        with self._raw.cursor() as cursor, cursor.copy(wanted) as into:
            for piece in member.pieces:
                into.write(piece)

    def finish(self, details: Mapping[str, Any]) -> None:
        for name, last in details["sequences"].items():
            self._raw.execute("SELECT setval(%s::regclass, %s)", (f'"{name}"', last))
