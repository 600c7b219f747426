"""Migrations go up and down step by step, with rows in every table, and end at the models (FB6)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, MetaData, Table, event, func, inspect, select, text
from sqlalchemy.engine import Connection

from ombudsman_app.app import import_models
from ombudsman_app.core.config import Settings
from ombudsman_app.core.migrating import alembic_config

from ..conftest import BACKENDS, settings_for
from ..databases import PostgresTemplate

import_models()


@pytest.fixture(params=BACKENDS)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Config]:
    """Alembic on a database with nothing in it."""
    if request.param == "sqlite":
        settings = Settings(data_dir=tmp_path, database_url=f"sqlite:///{tmp_path}/empty.db")
        drop = None
    else:
        made = PostgresTemplate(request.getfixturevalue("postgres_address"), "steps")
        settings = settings_for(tmp_path, made.url)
        drop = made
    config = alembic_config(settings)
    yield config
    engine_of(config).dispose()
    if drop is not None:
        drop.drop(drop.url)


def engine_of(config: Config) -> Engine:
    engine: Engine = config.attributes["engine"]
    return engine


def steps(config: Config) -> list[str]:
    """Return all revisions, oldest first; the house has one line of them."""
    script = ScriptDirectory.from_config(config)
    assert len(script.get_heads()) == 1
    return [one.revision for one in reversed(list(script.walk_revisions()))]


def fill(config: Config) -> dict[str, int]:
    """Put one row into every table that is there and still empty; return the number of rows of each."""
    engine, metadata = engine_of(config), MetaData()
    with engine.connect() as connection:
        metadata.reflect(connection)
    counts = {}
    with engine.begin() as connection:
        for table in metadata.sorted_tables:
            if table.name == "alembic_version":
                continue
            if not _count(connection, table):
                connection.execute(table.insert().values(_row(table)))
            counts[table.name] = _count(connection, table)
    return counts


def _count(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0


def _row(table: Table) -> dict[str, object]:
    """A row that the constraints accept: ids are 1, days in order, every column filled that may be."""
    row: dict[str, object] = {}
    for column in table.columns:
        kind = column.type.python_type
        if column.foreign_keys or (column.primary_key and kind is int):
            row[column.name] = 1 if kind is int else "x"
        else:
            row[column.name] = _VALUES[kind]
    return row | dict.fromkeys(_EMPTY.get(table.name, ())) | _OTHER.get(table.name, {})


# what another person than the first must fill: here everybody is person 1
_WAITS = ("decided_by_id", "decided_at", "granted")
_EMPTY = {
    "clock_pause": ("decided_by_id", "decided_at", "first_on", "last_on"),
    "audit_response": ("ruling", "decided_by_id", "decided_at"),
    "finding_time_request": _WAITS,
    "clarification_time_request": _WAITS,
    "employer_case_forwarding": ("released_by_id", "released_at", "sent_on"),
    "employer": ("npwp",),  # it is kept in one form: in clear or sealed
}
_OTHER: dict[str, dict[str, object]] = {
    "employer": {"gap_order": -1},
    "employer_case": {"is_open": False, "state": "disputed"},
    "employer_case_step": {"act": "tmp2t_request", "admin_fine": None},
    "local_rule": {"year": 2023, "year_order": 2023},
    "outreach_event": {"men": 0},
    "project_owner": {"open_order": -1},
    "project": {"standing": "in_time", "is_under_valued": False},
}


_VALUES: dict[type, object] = {
    int: 1, float: 1.5, Decimal: Decimal("1.5"),
    bool: True, str: "x", bytes: b"x", date: date(2026, 11, 20), time: time(8, 0),
    datetime: datetime(2026, 11, 20, tzinfo=UTC), UUID: UUID(int=7), object: {},  # object: JSON
}  # fmt: skip


def test_each_step_goes_up_down_and_up_again_with_rows_in_every_table(empty: Config) -> None:
    for revision in steps(empty):
        before = fill(empty) if inspect(engine_of(empty)).get_table_names() else {}
        command.upgrade(empty, revision)
        held = fill(empty)
        assert all(held.get(name, count) >= count for name, count in before.items()), revision
        command.downgrade(empty, "-1")
        _nothing_is_lost(empty, before)
        command.upgrade(empty, revision)
        fill(empty)
    command.downgrade(empty, "base")
    assert set(inspect(engine_of(empty)).get_table_names()) <= {"alembic_version"}


def _nothing_is_lost(config: Config, before: dict[str, int]) -> None:
    with engine_of(config).connect() as connection:
        for name, count in before.items():
            assert (connection.scalar(text(f'SELECT count(*) FROM "{name}"')) or 0) >= count, name


def test_the_end_equals_the_models(empty: Config) -> None:
    command.upgrade(empty, "head")
    command.check(empty)


def test_a_second_run_changes_nothing(empty: Config) -> None:
    command.upgrade(empty, "head")
    counts = fill(empty)
    command.upgrade(empty, "head")
    assert fill(empty) == counts


class Killed(Exception):
    """Stands for the process that dies in the middle of a migration."""


def test_given_it_was_killed_at_any_statement_when_run_again_then_it_ends_at_the_models(
    empty: Config,
) -> None:
    """Killed at a handful of places spread over all statements, each time on what the last one left."""
    engine, places = engine_of(empty), iter((1, 5, 17, 40, 80, 110))
    while (kill_at := next(places, None)) is not None:
        seen = 0

        def die(_c: object, _cur: object, statement: str, *_rest: object) -> None:
            nonlocal seen
            if statement.lstrip().upper().startswith(("CREATE", "ALTER", "INSERT", "UPDATE", "DROP")):
                seen += 1
                if seen == kill_at:
                    raise Killed

        event.listen(engine, "before_cursor_execute", die)
        try:
            command.upgrade(empty, "head")
        except Killed:
            pass
        finally:
            event.remove(engine, "before_cursor_execute", die)
    command.upgrade(empty, "head")
    command.check(empty)
    fill(empty)


def test_migrations_import_nothing_of_the_house(empty: Config) -> None:
    """Else an upgrade breaks the day the code moves."""
    folder = Path(ScriptDirectory.from_config(empty).versions)
    for path in folder.glob("*.py"):
        assert "ombudsman_app" not in path.read_text(encoding="utf-8"), path.name
