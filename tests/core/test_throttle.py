"""How often something may be tried: alike in all processes, apart for everybody."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from re import findall

import pytest
from flask import Flask
from sqlalchemy import select, text

from ombudsman_app.core import throttle
from ombudsman_app.core.clock import stopped_at
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import TooManyTries
from ombudsman_app.core.paths import PACKAGE
from ombudsman_app.core.throttle import Limit, Rule, ThrottleCounter
from ombudsman_app.core.trail.models import TrailEntry

from ..databases import owner_of

START = datetime(2026, 11, 20, 1, 0, 10, tzinfo=UTC)  # ten seconds into a minute


@pytest.fixture(autouse=True)
def _rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(
        throttle.RULES,
        "knock",
        Rule(subject=(Limit(3, 60),), address=(Limit(5, 60),), everybody=(Limit(8, 60),)),
    )


@pytest.fixture(autouse=True)
def _still() -> Iterator[None]:
    with stopped_at(START):
        yield


def _is_refused(subject: str = "", address: str = "") -> bool:
    try:
        throttle.check("knock", subject, address)
    except TooManyTries:
        return True
    return False


def test_given_the_tries_of_a_window_are_used_when_trying_then_one_waits_for_its_end(in_app: Flask) -> None:
    assert [_is_refused("door-1") for _ in range(4)] == [False, False, False, True]
    with pytest.raises(TooManyTries) as refused:
        throttle.check("knock", "door-1")
    assert refused.value.details["retry_after_seconds"] == 50

    with stopped_at(START + timedelta(seconds=50)):
        assert not _is_refused("door-1")


def test_given_one_subject_is_refused_when_others_try_then_they_notice_nothing(in_app: Flask) -> None:
    for _ in range(20):
        _is_refused("door-1", "203.0.113.7")

    assert not _is_refused("door-2", "203.0.113.8")
    assert not _is_refused("door-2", "203.0.113.7"), "refused tries do not use up the address either"


def test_given_one_address_tries_many_subjects_when_it_is_refused_then_others_are_not(in_app: Flask) -> None:
    tries = [_is_refused(f"door-{number}", "203.0.113.7") for number in range(20)]

    assert tries.count(False) == 5
    assert not _is_refused("door-99", "203.0.113.8")


def test_given_many_addresses_when_all_of_them_try_then_the_limit_for_everybody_holds(in_app: Flask) -> None:
    tries = [_is_refused(f"door-{number}", f"203.0.113.{number}") for number in range(20)]
    assert tries.count(False) == 8


@pytest.mark.parametrize(
    ("one", "other"),
    [("2001:db8:1:2::1", "2001:db8:1:2:ffff::9"), ("::ffff:203.0.113.7", "203.0.113.7")],
    ids=["one /64 belongs to one customer", "an address in two spellings"],
)
def test_given_two_spellings_of_one_place_when_trying_then_they_count_together(
    in_app: Flask, one: str, other: str
) -> None:
    for number in range(5):
        _is_refused(f"door-{number}", one)
    assert _is_refused("door-9", other)


def test_given_a_success_when_forgiven_then_only_failures_were_counted(in_app: Flask) -> None:
    for _ in range(2):
        throttle.check("knock", "door-1", "203.0.113.7")
    throttle.check("knock", "door-1", "203.0.113.7")
    throttle.forgive("knock", "door-1", "203.0.113.7")

    assert not any(_is_refused("door-1", "203.0.113.7") for _ in range(3))
    counts = db.session.scalars(select(ThrottleCounter.count)).all()
    assert sorted(counts) == [3, 5, 5]


def test_given_old_counters_when_somebody_succeeds_then_they_are_swept(in_app: Flask) -> None:
    throttle.check("knock", "door-1", "203.0.113.7")
    with stopped_at(START + timedelta(days=2)):
        throttle.forgive("knock", "door-2", "203.0.113.8")
        assert (
            db.session.scalars(select(ThrottleCounter.window_start).where(ThrottleCounter.count > 0)).all()
            == []
        )


def test_given_names_and_addresses_when_counted_then_they_are_not_in_the_table(in_app: Flask) -> None:
    throttle.check("knock", "sari@example.test", "203.0.113.7")
    rows = db.session.execute(text("select * from throttle_counter")).all()
    assert len(rows) == 3
    assert "sari" not in str(rows)
    assert "203.0" not in str(rows)


def test_given_the_table_is_gone_when_trying_then_this_process_counts_for_itself(in_app: Flask) -> None:
    with owner_of(in_app) as connection:
        connection.execute(text("drop table throttle_counter"))

    assert [_is_refused("door-1") for _ in range(4)] == [False, False, False, True]
    throttle.forgive("knock", "door-1")


def test_given_tries_at_the_same_time_when_counted_then_not_one_slips_through(app: Flask) -> None:
    def knock(_number: int) -> bool:
        with app.app_context(), stopped_at(START):
            return _is_refused("door-1", "203.0.113.7")

    with ThreadPoolExecutor(6) as many:
        tries = list(many.map(knock, range(24)))
    assert tries.count(False) == 3


def test_given_a_command_is_open_when_checked_then_it_is_a_mistake_and_not_a_rollback(in_app: Flask) -> None:
    @command
    def act() -> None:
        throttle.check("knock", "door-1")

    with pytest.raises(RuntimeError, match="before the command"):
        act()


def test_given_a_rule_counts_pairs_when_one_place_fails_then_another_still_gets_in(
    in_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(throttle.RULES, "knock", Rule(pair=(Limit(3, 60),), subject=(Limit(9, 60),)))

    assert [_is_refused("door-1", "203.0.113.7") for _ in range(4)] == [False, False, False, True]
    assert not _is_refused("door-1", "203.0.113.8")
    throttle.forgive("knock", "door-1", "203.0.113.8")
    assert _is_refused("door-1", "203.0.113.7"), "somebody else's success frees only that somebody"

    places = [_is_refused("door-1", f"198.51.100.{number}") for number in range(20)]
    assert places.count(False) == 6, "all places together have a limit too"


def test_given_somebody_goes_on_after_a_refusal_then_the_trail_has_one_entry_for_each_window(
    in_app: Flask,
) -> None:
    def told() -> list[str]:
        entries = select(TrailEntry.changes).where(TrailEntry.event == "core:throttle:reached")
        return list(db.session.scalars(entries))

    for _ in range(20):
        _is_refused("door-1", "203.0.113.7")
    assert len(told()) == 1
    assert '"kind":"subject"' in told()[0]
    assert "door-1" not in told()[0]
    with stopped_at(START + timedelta(minutes=1)):
        for _ in range(20):
            _is_refused("door-1", "203.0.113.7")
        assert len(told()) == 2


def test_given_the_rules_when_reading_the_program_then_each_is_used() -> None:
    """A rule that nothing asks protects nothing."""
    text = "".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    asked = set(findall(r'throttle\.check\(\s*"(\w+)"', text))
    assert asked == set(throttle.RULES) - {"knock"}
