"""Migrations: down and up with rows, killed anywhere and run again, ending at the models (FB6)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import Engine, event, func, inspect, select, text

from ombudsman_app.app import import_models
from ombudsman_app.core.db import Base, db
from ombudsman_app.core.migrating import alembic_config
from ombudsman_app.core.policy import Role

from ..conftest import BACKENDS, settings_for
from ..databases import PostgresTemplate, SqliteTemplate
from ..factories.accounts import UserFactory
from ..factories.complaints import ComplaintFactory
from ..factories.directory import CounterFactory, OfficeFactory, promise
from ..visitor import Visitor
from ..wizard import Wizard

import_models()
KILLED_AT = (2, 9, 30, 55)  # statements of an upgrade from nothing


@pytest.fixture(params=BACKENDS)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Config]:
    """Alembic on a database without any table."""
    if request.param == "sqlite":
        url = SqliteTemplate(tmp_path, "empty").url
    else:
        template = PostgresTemplate(request.getfixturevalue("postgres_address"), "empty")
        url = template.url
    config = alembic_config(settings_for(tmp_path, url))
    yield config
    config.attributes["engine"].dispose()
    if request.param != "sqlite":
        template.drop(url)


def revisions() -> list[str]:
    """All revisions, oldest first: one chain."""
    from ombudsman_app.core.paths import MIGRATIONS

    script = ScriptDirectory(str(MIGRATIONS))
    assert len(script.get_heads()) == 1
    return [one.revision for one in reversed(list(script.walk_revisions()))]


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def test_given_nothing_when_going_up_step_by_step_then_it_ends_at_the_models(empty: Config) -> None:
    for revision in revisions():
        command.upgrade(empty, revision)
    command.check(empty)
    assert tables(empty.attributes["engine"]) == set(Base.metadata.tables)


def test_given_nothing_when_going_up_and_down_then_nothing_is_left(empty: Config) -> None:
    command.upgrade(empty, "head")
    command.downgrade(empty, "base")
    assert tables(empty.attributes["engine"]) == set()
    command.upgrade(empty, "head")
    command.check(empty)


@pytest.mark.parametrize("statement", KILLED_AT)
def test_given_an_upgrade_killed_in_the_middle_when_run_again_then_it_ends_at_the_models(
    empty: Config, statement: int
) -> None:
    engine: Engine = empty.attributes["engine"]
    left = [statement]

    def kill(*_given: Any) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise KeyboardInterrupt

    event.listen(engine, "before_cursor_execute", kill)
    with pytest.raises(KeyboardInterrupt):
        command.upgrade(empty, "head")
    event.remove(engine, "before_cursor_execute", kill)
    command.upgrade(empty, "head")
    command.check(empty)


def fill(app: Flask) -> None:
    """Put a row into every table, through the product."""
    Wizard(Visitor(app)).begin()
    with app.app_context():
        office = OfficeFactory()
        CounterFactory(office=office)
        promise(office)
        ComplaintFactory()
        user = UserFactory(Role.PVL_ASSISTANT)
    Visitor(app).sign_in(user).get("/staff/")


def rows(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {
            name: connection.scalar(select(func.count()).select_from(text(f'"{name}"'))) or 0
            for name in sorted(tables(engine))
        }


def test_given_rows_in_the_tables_when_the_last_steps_go_down_and_up_then_the_rows_stand(app: Flask) -> None:
    fill(app)
    engine: Engine = app.extensions["engine"]
    before = rows(engine)
    still_empty = {name for name, number in before.items() if not number}
    assert still_empty <= {"office_statement", "counter_service", "holiday"}  # filled by seeds alone
    with app.app_context():
        db.session.remove()
    engine.dispose()
    config = alembic_config(app.extensions["settings"])
    command.downgrade(config, revisions()[0])
    command.upgrade(config, "head")
    command.check(config)
    assert rows(config.attributes["engine"]) == before
    config.attributes["engine"].dispose()


def test_given_rows_in_the_tables_when_all_goes_down_then_it_can_go_up_again(app: Flask) -> None:
    fill(app)
    app.extensions["engine"].dispose()
    config = alembic_config(app.extensions["settings"])
    command.downgrade(config, "base")
    command.upgrade(config, "head")
    command.check(config)
    config.attributes["engine"].dispose()
