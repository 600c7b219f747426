"""`@command`: all or nothing, one commit, and the second of two who write is told."""

import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import InvalidRequestError, OperationalError

from ombudsman_app.accounts.models import User
from ombudsman_app.complaints.models import Complaint
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db, read_only
from ombudsman_app.core.errors import RecordChanged, RuleBroken
from tests.conftest import _Templates, fresh_app
from tests.factories.complaints import ComplaintFactory


@command
def add_person(email: str) -> User:
    user = User(email=email, name="Demo", created_at=now())
    db.session.add(user)
    return user


def people() -> int:
    db.session.remove()
    return db.session.scalar(select(func.count()).select_from(User)) or 0


def test_given_a_command_when_it_ends_then_it_is_stored(in_app: Flask) -> None:
    add_person("one@demo.example")
    assert people() == 1


def test_given_a_command_when_it_fails_then_nothing_is_stored(in_app: Flask) -> None:
    @command
    def fails() -> None:
        add_person("one@demo.example")
        raise ValueError("on purpose")

    with pytest.raises(ValueError, match="on purpose"):
        fails()
    assert people() == 0


def test_given_a_command_inside_a_command_when_the_outer_fails_later_then_both_are_gone(
    in_app: Flask,
) -> None:
    @command
    def outer() -> None:
        add_person("inner@demo.example")
        db.session.flush()
        add_person("outer@demo.example")
        raise KeyError

    with pytest.raises(KeyError):
        outer()
    assert people() == 0


def test_given_two_who_edit_one_record_when_both_save_then_the_second_is_told(app: Flask) -> None:
    with app.app_context():
        user_id = add_person("one@demo.example").id

    @command
    def rename(user: User, name: str) -> None:
        user.name = name

    with app.app_context():
        mine = db.session.get_one(User, user_id)
        db.session.commit()  # what I see is from before
        with app.app_context():
            rename(db.session.get_one(User, user_id), "Second")
        with pytest.raises(RecordChanged):
            rename(mine, "First")
    with app.app_context():
        assert db.session.get_one(User, user_id).name == "Second"


def test_given_a_request_that_only_reads_when_it_writes_then_the_database_refuses(in_app: Flask) -> None:
    read_only(True)
    with pytest.raises(Exception, match=r"(?i)read.?only"):
        db.session.execute(text("UPDATE user_account SET name = 'x'"))
    read_only(False)


def test_given_a_request_that_only_reads_when_it_calls_a_command_then_it_is_a_bug(in_app: Flask) -> None:
    read_only(True)
    with pytest.raises(RuntimeError, match="only reads"):
        add_person("one@demo.example")


def test_given_twenty_threads_when_each_reads_and_writes_then_no_step_is_lost(
    templates: _Templates, tmp_path: Path
) -> None:
    with fresh_app(templates, "sqlite", tmp_path) as app:
        with app.app_context():
            db.session.execute(text("CREATE TABLE step (n INTEGER)"))
            db.session.execute(text("INSERT INTO step VALUES (0)"))
            db.session.commit()

        @command
        def step() -> None:
            number = db.session.scalar(text("SELECT n FROM step")) or 0
            db.session.execute(text("UPDATE step SET n = :n"), {"n": number + 1})

        def work() -> None:
            left = 25
            while left:
                with app.app_context(), suppress(OperationalError):  # a slow disk: wait in line once more
                    step()
                    left -= 1

        threads = [threading.Thread(target=work) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with app.app_context():
            assert db.session.scalar(text("SELECT n FROM step")) == 500


def test_given_a_fresh_database_when_looking_then_sqlite_is_durable(
    templates: _Templates, tmp_path: Path
) -> None:
    with fresh_app(templates, "sqlite", tmp_path) as app, app.app_context():
        told = {
            name: db.session.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert told == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}


def test_given_an_inner_refusal_that_the_outer_catches_then_the_outer_decides(in_app: Flask) -> None:
    @command
    def refuses() -> None:
        raise RuleBroken

    @command
    def outer() -> None:
        add_person("one@demo.example")
        with pytest.raises(RuleBroken):
            refuses()

    outer()
    assert people() == 1


def test_instants_come_back_in_utc_and_naive_ones_are_refused(in_app: Flask) -> None:
    @command
    def at(instant: datetime) -> None:
        db.session.add(User(email=f"{instant}@demo.example", name="Demo", created_at=instant))

    wita = datetime(2026, 11, 20, 9, 0, 0, 123456, tzinfo=timezone(timedelta(hours=8)))
    at(wita)
    db.session.remove()
    stored = db.session.scalars(select(User.created_at)).one()
    assert (stored, stored.tzinfo) == (wita, UTC)
    with pytest.raises(Exception, match="time zone"):
        at(wita.replace(tzinfo=None))


def test_a_template_cannot_query(in_app: Flask) -> None:
    case_id = ComplaintFactory().id
    db.session.remove()
    case = db.session.get_one(Complaint, case_id)
    with pytest.raises(InvalidRequestError):
        _ = case.office
