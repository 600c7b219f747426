"""How the trail begins: once, whoever comes first; and an emptied one is not a new one (LG1)."""

import threading
from pathlib import Path

import pytest
from alembic import command as migrations
from flask import Flask, current_app
from sqlalchemy import text

from ombudsman_app.app import create_app
from ombudsman_app.core.db import command, db
from ombudsman_app.core.migrating import alembic_config
from ombudsman_app.core.policy import STRANGER
from ombudsman_app.core.trail import record as trail
from ombudsman_app.core.trail.events import Event

from ..conftest import settings_for
from ..databases import owner_of


@command
def act(number: int) -> None:
    trail.record(Event.CORE_NOT_ALLOWED, "test", number, actor=STRANGER)


def without_trail() -> None:
    """Go where an intruder with the rights of the owner would go: entries and head."""
    db.session.remove()
    with owner_of(current_app) as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER trail_entry_no_delete"))
        else:
            connection.execute(text("ALTER TABLE trail_entry DISABLE TRIGGER ALL"))
        connection.execute(text("DELETE FROM trail_entry"))
        connection.execute(text("DELETE FROM trail_head"))


def test_given_a_product_in_use_when_its_whole_trail_is_gone_then_it_is_broken(in_app: Flask) -> None:
    without_trail()
    assert trail.verify() == (0, "the trail is empty although acts have left rows")


def test_given_a_new_database_when_nothing_was_done_yet_then_it_is_whole(tmp_path: Path) -> None:
    settings = settings_for(tmp_path, f"sqlite:///{tmp_path / 'new.db'}")
    config = alembic_config(settings)
    migrations.upgrade(config, "head")
    config.attributes["engine"].dispose()
    app = create_app(settings)
    with app.app_context():
        assert trail.verify() == (0, None)
    app.extensions["engine"].dispose()


@pytest.mark.parametrize("again", range(3))
def test_given_many_begin_the_trail_at_once_then_there_is_one_chain(in_app: Flask, again: int) -> None:
    without_trail()
    failed: list[BaseException] = []
    together = threading.Barrier(6)

    def work() -> None:
        with in_app.app_context():
            together.wait()
            try:
                act(again)
            except BaseException as error:
                failed.append(error)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    db.session.remove()
    assert trail.verify() == (6, None)
