"""Many rows by few statements: COPY on PostgreSQL, one prepared statement on SQLite. No objects per row.

Inside a command. A value of an enumeration is given as its word; all others as the ORM would take them.
"""

import gc
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import ColumnElement, Enum, Table, bindparam, func, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import QueryableAttribute

from .db import db

_STAGED = "rows_of_bulk"
# Of SQLite, for the connection that writes by the thousand, that of a job: in the 2 MiB that others have,
# the indexes push each other out and 100,000 rows take half as long again.
_CACHE_KIB = 48 * 1024


@contextmanager
def no_collecting() -> Iterator[None]:
    """Leave the collector of cycles off while rows by the thousand are held: it would walk them each time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def without_trigger(name: str) -> Iterator[None]:
    """Leave a trigger away that SQLite would run for each row: whoever inserts does its work at once.

    Inside a command: nobody else ever sees the table without it. On PostgreSQL it stays, once a statement.
    """
    if not is_sqlite():
        yield
        return
    cursor = _cursor()
    wanted = cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = ?", (name,))
    (written,) = wanted.fetchone()
    cursor.execute(f"DROP TRIGGER {name}")
    yield
    cursor.execute(written)


def among(column: QueryableAttribute[Any], values: Iterable[Any]) -> ColumnElement[bool]:
    """Return the condition that a column holds one of these values; one bound value however many."""
    given = list(values)
    kind: Any = column.type
    if is_sqlite():
        listed = func.json_each(json.dumps(given)).table_valued("value")
        return column.in_(select(listed.c.value))
    return column == func.any(bindparam(None, given, type_=ARRAY(kind)))


def new_ids(table: Table, count: int) -> list[int]:
    """Take ids for rows that are about to be inserted. 1 statement."""
    if is_sqlite():  # nobody else writes until the commit
        last = db.session.scalar(select(func.max(table.c.id))) or 0
        return list(range(last + 1, last + count + 1))
    drawn = text("SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :count)")
    return list(db.session.scalars(drawn, {"name": table.name, "count": count}))


def insert_rows(table: Table, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows that give these columns, in this order. 1 statement, 3 on PostgreSQL."""
    if not rows:
        return
    ready = _adapted(table, names, rows)
    listed = ", ".join(names)
    cursor = _cursor()
    if is_sqlite():
        marks = ", ".join("?" * len(names))
        cursor.executemany(f"INSERT INTO {table.name} ({listed}) VALUES ({marks})", ready)  # noqa: S608
        return
    _stage(cursor, table, names, ready)
    cursor.execute(f"INSERT INTO {table.name} ({listed}) SELECT {listed} FROM {_STAGED}")  # noqa: S608


def update_rows(
    table: Table, keys: Sequence[str], names: Sequence[str], rows: Sequence[Sequence[Any]]
) -> int:
    """Set columns of rows found by their keys (which come first in each row); return how many were found."""
    if not rows:
        return 0
    ready = _adapted(table, (*keys, *names), rows)
    cursor = _cursor()
    if is_sqlite():
        sets = ", ".join(f"{name} = ?" for name in names)
        found = " AND ".join(f"{key} = ?" for key in keys)
        turned = [(*row[len(keys) :], *row[: len(keys)]) for row in ready]
        cursor.executemany(f"UPDATE {table.name} SET {sets} WHERE {found}", turned)  # noqa: S608
        return int(cursor.rowcount)
    _stage(cursor, table, (*keys, *names), ready)
    sets = ", ".join(f"{name} = s.{name}" for name in names)
    found = " AND ".join(f"t.{key} = s.{key}" for key in keys)
    cursor.execute(f"UPDATE {table.name} t SET {sets} FROM {_STAGED} s WHERE {found}")  # noqa: S608
    return int(cursor.rowcount)


def _stage(cursor: Any, table: Table, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Copy into a table of this transaction alone: COPY itself does not go through a wall (`walls.py`)."""
    listed = ", ".join(names)
    cursor.execute(
        f"DROP TABLE IF EXISTS pg_temp.{_STAGED}; CREATE TEMP TABLE {_STAGED} ON COMMIT DROP AS "  # noqa: S608
        f"SELECT {listed} FROM {table.name} WITH NO DATA"
    )
    with cursor.copy(f"COPY {_STAGED} ({listed}) FROM STDIN") as copying:
        for row in rows:
            copying.write_row(row)


def _adapted(table: Table, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> Sequence[Sequence[Any]]:
    """Turn values into what the driver takes, column by column and each different value once."""
    dialect = db.engine.dialect
    turns: list[tuple[int, Callable[[Any], Any]]] = []
    for place, name in enumerate(names):
        kind: Any = table.c[name].type
        turn = None if isinstance(kind, Enum) else kind.dialect_impl(dialect).bind_processor(dialect)
        if turn is not None:
            turns.append((place, turn))
    if not turns:
        return rows
    columns = list(zip(*rows, strict=True))
    for place, turn in turns:
        known: dict[Any, Any] = {}
        turned = []
        for value in columns[place]:
            key = value if value.__hash__ else repr(value)
            if key not in known:
                known[key] = turn(value)
            turned.append(known[key])
        columns[place] = tuple(turned)
    return list(zip(*columns, strict=True))


def _cursor() -> Any:
    db.session.flush()
    raw: Any = db.session.connection().connection
    cursor = raw.cursor()
    if is_sqlite():
        cursor.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    return cursor


def is_sqlite() -> bool:
    """Whether this is the database that runs triggers row by row and has one writer at a time."""
    return db.engine.dialect.name == "sqlite"
