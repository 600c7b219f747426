"""The record of all acts: only grows, and shows every tampering (LG1)."""

import threading

import pytest
from click.testing import CliRunner
from flask import Flask, current_app
from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import DatabaseError

from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import STRANGER
from ombudsman_app.core.trail import record as trail
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.models import TrailEntry, TrailHead

from ..databases import owner_of

ENTRIES = 5


@command
def act(number: int) -> None:
    trail.record(Event.CORE_NOT_ALLOWED, "test", number, actor=STRANGER, reason=f"act {number}")


@pytest.fixture
def written(in_app: Flask) -> Flask:
    for number in range(ENTRIES):
        act(number)
    return in_app


def _without_triggers(connection: Connection) -> None:
    """Go where an intruder with the rights of the owner would go."""
    if connection.dialect.name == "sqlite":
        for verb in ("update", "delete"):
            connection.execute(text(f"DROP TRIGGER trail_entry_no_{verb}"))
    else:
        connection.execute(text("ALTER TABLE trail_entry DISABLE TRIGGER ALL"))


def tamper(*statements: str) -> tuple[int, str | None]:
    db.session.remove()
    with owner_of(current_app) as connection:
        _without_triggers(connection)
        for statement in statements:
            connection.execute(text(statement))
    return trail.verify()


def last() -> int:
    return db.session.scalar(select(func.max(TrailEntry.seq))) or 0


def test_given_acts_when_nobody_touches_them_then_the_trail_is_whole(written: Flask) -> None:
    assert trail.verify() == (last(), None)


@pytest.mark.parametrize("column", ["event", "reason", "changes", "roles", "subject_type", "request_id"])
def test_given_an_edited_word_when_verifying_then_the_entry_is_named(written: Flask, column: str) -> None:
    seq = last() - 2
    _, broken = tamper(f"UPDATE trail_entry SET {column} = 'x' WHERE seq = {seq}")
    assert broken == f"entry {seq} was changed"


def test_given_another_person_or_time_when_verifying_then_it_shows(written: Flask) -> None:
    seq = last() - 1
    assert tamper(f"UPDATE trail_entry SET actor_id = 99 WHERE seq = {seq}")[1] == f"entry {seq} was changed"


def test_given_a_deleted_entry_when_verifying_then_the_gap_shows(written: Flask) -> None:
    seq = last() - 2
    assert tamper(f"DELETE FROM trail_entry WHERE seq = {seq}")[1] == f"entry {seq} is missing"


def test_given_a_cut_end_when_verifying_then_the_head_tells(written: Flask) -> None:
    end = last()
    _, broken = tamper(f"DELETE FROM trail_entry WHERE seq > {end - 2}")
    assert broken == f"the trail ends at {end - 2}, its head says {end}"


def test_given_a_cut_end_and_a_mended_head_when_verifying_then_the_signature_tells(written: Flask) -> None:
    end = last()
    keep = db.session.scalar(select(TrailEntry.hash).where(TrailEntry.seq == end - 1))
    _, broken = tamper(
        f"DELETE FROM trail_entry WHERE seq = {end}",
        f"UPDATE trail_head SET seq = {end - 1}, hash = '{keep}'",
    )
    assert broken == "the head of the trail was not signed by this house"


def test_given_swapped_entries_when_verifying_then_it_shows(written: Flask) -> None:
    one, two = last() - 2, last() - 1
    _, broken = tamper(
        f"UPDATE trail_entry SET seq = -1 WHERE seq = {one}",
        f"UPDATE trail_entry SET seq = {one} WHERE seq = {two}",
        f"UPDATE trail_entry SET seq = {two} WHERE seq = -1",
    )
    assert broken == f"entry {one} was changed"


def test_given_an_inserted_entry_when_verifying_then_it_shows(written: Flask) -> None:
    end = last()
    _, broken = tamper(
        "INSERT INTO trail_entry (seq, at, event, roles, subject_type, reason, changes, request_id,"
        f" previous_hash, hash) SELECT {end + 1}, at, event, roles, subject_type, reason, changes,"
        f" request_id, hash, '{'f' * 64}' FROM trail_entry WHERE seq = {end}"
    )
    assert broken == f"entry {end + 1} was changed"


def test_given_a_trail_without_head_when_verifying_then_it_shows(written: Flask) -> None:
    assert tamper("DELETE FROM trail_head")[1] == "the head of the trail is missing"


@pytest.mark.parametrize("statement", ["UPDATE trail_entry SET reason = 'x'", "DELETE FROM trail_entry"])
def test_given_the_triggers_when_changing_an_entry_then_the_database_refuses(
    written: Flask, statement: str
) -> None:
    db.session.remove()
    with pytest.raises(DatabaseError, match="the trail only grows"), owner_of(written) as connection:
        connection.execute(text(statement))


def test_given_a_failed_command_when_it_rolls_back_then_nothing_is_on_the_trail(written: Flask) -> None:
    @command
    def fails() -> None:
        act(7)
        raise ValueError("on purpose")

    before = last()
    with pytest.raises(ValueError, match="on purpose"):
        fails()
    act(8)
    assert (last(), trail.verify()[1]) == (before + 1, None)


def test_given_many_at_once_when_acting_then_there_is_one_chain(written: Flask) -> None:
    before = last()

    def work() -> None:
        with written.app_context():
            for number in range(5):
                act(number)

    db.session.remove()  # looking takes the lock of SQLite outside of a reading request
    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.remove()
    assert trail.verify() == (before + 30, None)
    assert db.session.get_one(TrailHead, 1).seq == before + 30


def test_given_a_broken_trail_when_asking_the_command_then_it_says_so_and_exits_1(
    written: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ombudsman_app.cli.main import main

    settings = written.extensions["settings"]
    monkeypatch.setenv("OMBUDSMAN_DATA", str(settings.data_dir))
    monkeypatch.setenv("OMBUDSMAN_DATABASE_URL", settings.database_url)
    db.session.remove()
    whole = CliRunner().invoke(main, ["trail", "verify"])
    seq = last() - 1
    tamper(f"UPDATE trail_entry SET reason = 'x' WHERE seq = {seq}")
    db.session.remove()
    broken = CliRunner().invoke(main, ["trail", "verify"])
    assert (whole.exit_code, broken.exit_code) == (0, 1)
    assert f"entry {seq} was changed" in broken.output


def test_given_another_key_when_verifying_then_the_head_was_not_signed_by_this_house(written: Flask) -> None:
    """Somebody who rebuilds the whole chain still lacks the key of the head."""
    ring = written.extensions["keyring"]
    written.extensions["keyring"] = type(ring)([b"s" * 32], b"h" * 32)
    entries, broken = trail.verify()
    assert (entries, broken) == (last(), "the head of the trail was not signed by this house")


def test_given_deletions_with_new_numbers_when_verifying_then_it_shows(written: Flask) -> None:
    gone = last() - 2
    _, broken = tamper(
        f"DELETE FROM trail_entry WHERE seq = {gone}",
        f"UPDATE trail_entry SET seq = {gone} WHERE seq = {gone + 1}",
        f"UPDATE trail_entry SET seq = {gone + 1} WHERE seq = {gone + 2}",
    )
    assert broken == f"entry {gone} was changed"
