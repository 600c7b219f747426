"""Jobs: asked for in a transaction, done by one attempt at a time, ended once (JQ1, JQ3, JQ4)."""

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from ombudsman_app.accounts.models import User
from ombudsman_app.accounts.queries import actor_for
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.jobs import relay
from ombudsman_app.core.jobs.attempt import Attempt
from ombudsman_app.core.jobs.claiming import (
    PAUSES,
    Claim,
    beat,
    cancel,
    claim,
    finish,
    give_up,
    retry,
    sweep_leases,
)
from ombudsman_app.core.jobs.errors import LeaseLost
from ombudsman_app.core.jobs.models import Job, JobAttempt, JobState, PeriodicRun
from ombudsman_app.core.jobs.outbox import enqueue
from ombudsman_app.core.jobs.registry import periodic_work
from ombudsman_app.core.policy import STRANGER, Role

from ..conftest import StoppedClock
from ..factories.accounts import UserFactory
from .jobs_for_tests import ask, counted


def stored(uuid) -> Job:
    db.session.rollback()
    found = select(Job).where(Job.uuid == uuid).execution_options(populate_existing=True)
    job = db.session.scalars(found).one()
    db.session.expunge(job)
    db.session.rollback()  # who only looks must not keep others from writing
    return job


def done_by_child(app: Flask, uuid) -> Job:
    """Claim and work as a runner does, in a child of its own."""
    claimed = claim(uuid)
    assert claimed is not None
    db.session.remove()
    attempt = Attempt(app, claimed)
    while not attempt.is_over():
        time.sleep(0.01)
    return stored(uuid)


def expire_lease(uuid) -> None:
    """Let the time of a lease pass without waiting for it."""
    before = now() - timedelta(hours=1)
    command(lambda: db.session.execute(update(Job).where(Job.uuid == uuid).values(lease_until=before)))()


def make_due(uuid) -> None:
    command(lambda: db.session.execute(update(Job).where(Job.uuid == uuid).values(run_after=now())))()


# --- asking -------------------------------------------------------------------------------------------


def test_given_a_command_that_fails_then_nothing_was_asked_for(in_app: Flask) -> None:
    @command
    def failing() -> None:
        enqueue("test.count", actor=STRANGER)
        raise LookupError

    with pytest.raises(LookupError):
        failing()
    assert db.session.scalar(select(func.count()).select_from(Job)) == 0


def test_given_a_living_job_of_the_key_when_asked_again_then_it_is_that_one(in_app: Flask) -> None:
    first, second, other = ask("count", once="a"), ask("count", once="a"), ask("count", once="b")
    assert first == second != other
    done_by_child(in_app, first)
    assert ask("count", once="a") != first


def test_given_an_unknown_kind_when_asked_for_then_it_is_refused_at_once(in_app: Flask) -> None:
    with pytest.raises(LookupError):
        enqueue("test.never", actor=STRANGER)


# --- doing --------------------------------------------------------------------------------------------


def test_given_a_job_when_done_then_result_and_end_are_stored_together(in_app: Flask) -> None:
    uuid = ask("count")
    job = done_by_child(in_app, uuid)
    assert (job.state, job.result, job.attempts, job.lease_until) == (JobState.DONE, '{"number": 1}', 1, None)
    assert counted() == 1
    assert claim() is None


@pytest.mark.parametrize(
    ("kind", "reason", "state"),
    [
        ("hopeless", "gone", JobState.FAILED),
        ("stuck", "too_long", JobState.FAILED),
        ("hungry", "too_much_memory", JobState.FAILED),
        ("broken", "broken", JobState.WAITING),
    ],
)
def test_given_a_job_that_comes_to_nothing_then_it_says_why(
    in_app: Flask, kind: str, reason: str, state: JobState
) -> None:
    job = done_by_child(in_app, ask(kind))
    assert (job.state, job.reason) == (state, reason)
    attempt = db.session.scalars(select(JobAttempt).where(JobAttempt.job_id == job.id)).one()
    assert attempt.reason == reason
    assert attempt.ended_at is not None


def test_given_three_attempts_in_vain_then_it_has_failed_and_can_be_tried_anew(
    in_app: Flask, clock: StoppedClock
) -> None:
    clock.at("2026-11-20T09:00+08:00")
    uuid = ask("broken")
    for pause in PAUSES:
        job = done_by_child(in_app, uuid)
        assert (job.state, job.run_after) == (JobState.WAITING, now() + pause)
        assert claim(uuid) is None, "it rests before the next attempt"
        make_due(uuid)
    job = done_by_child(in_app, uuid)
    assert (job.state, job.attempts, job.reason) == (JobState.FAILED, 3, "broken")
    assert claim(uuid) is None
    assert retry(uuid) is True
    assert retry(uuid) is False
    assert claim(uuid) is not None


def test_given_an_unknown_release_when_the_kind_is_gone_then_the_job_fails(in_app: Flask) -> None:
    uuid = ask("count")
    command(lambda: db.session.execute(update(Job).values(kind="test.of_tomorrow")))()
    assert done_by_child(in_app, uuid).reason == "unknown_kind"


def test_given_who_asked_when_it_runs_then_the_rights_of_that_moment_count(in_app: Flask) -> None:
    user = UserFactory(Role.EXAMINER, password=None)
    actor = actor_for(user.id)
    assert actor is not None
    assert done_by_child(in_app, ask("whose", actor=actor)).result == f'{{"user": {user.id}}}'
    command(lambda: db.session.execute(update(User).where(User.id == user.id).values(is_active=False)))()
    job = done_by_child(in_app, ask("whose", actor=actor))
    assert (job.state, job.reason) == (JobState.FAILED, "not_allowed")


# --- lease and fencing ----------------------------------------------------------------------------------


def test_given_a_lost_lease_when_swept_then_another_attempt_begins_at_once(in_app: Flask) -> None:
    uuid = ask("count")
    first = claim(uuid)
    assert first is not None
    assert claim(uuid) is None
    assert sweep_leases() == 0
    expire_lease(uuid)
    assert sweep_leases() == 1
    second = claim(uuid)
    assert second is not None
    assert second.token == first.token + 1
    assert beat(first) is False
    assert beat(second) is True
    with pytest.raises(LeaseLost):
        finish(first)
    give_up(first, "broken")
    assert stored(uuid).state is JobState.RUNNING, "who lost it cannot end it either"
    finish(second)
    assert stored(uuid).state is JobState.DONE


def test_given_a_zombie_when_it_stores_then_nothing_of_it_is_stored(in_app: Flask) -> None:
    job = done_by_child(in_app, ask("zombie"))
    assert counted() == 0
    assert job.state is JobState.RUNNING, "it belongs to the other attempt"


def test_given_a_lease_lost_three_times_then_it_has_failed(in_app: Flask) -> None:
    uuid = ask("count")
    for _attempt in range(3):
        assert claim(uuid) is not None
        expire_lease(uuid)
        sweep_leases()
    assert (stored(uuid).state, stored(uuid).reason) == (JobState.FAILED, "lost")


# --- cancelling -----------------------------------------------------------------------------------------


def test_given_a_waiting_job_when_cancelled_then_it_never_begins(in_app: Flask) -> None:
    uuid = ask("count", once="a")
    cancel(uuid)
    assert stored(uuid).state is JobState.CANCELLED
    assert claim(uuid) is None
    assert ask("count", once="a") != uuid


def test_given_a_running_job_when_cancelled_then_it_stops_at_its_next_word(
    in_app: Flask, tmp_path: Path
) -> None:
    uuid = ask("slow", folder=str(tmp_path))
    claimed = claim(uuid)
    assert claimed is not None
    db.session.remove()
    attempt = Attempt(in_app, claimed)
    _until(lambda: list(tmp_path.glob("child-*")))
    cancel(uuid)
    _until(attempt.is_over)
    assert (stored(uuid).state, stored(uuid).reason) == (JobState.CANCELLED, "cancelled")
    assert counted() == 0


def _until(holds: Callable[[], object]) -> None:
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


# --- periodic -------------------------------------------------------------------------------------------


def test_given_a_period_when_fired_by_many_then_each_work_is_asked_for_once(
    in_app: Flask, clock: StoppedClock
) -> None:
    number = len(periodic_work())
    assert number >= 3
    clock.at("2026-11-20T09:10+08:00")
    assert relay.fire_what_is_due() == number
    assert relay.fire_what_is_due() == 0
    assert all(relay.fire(work) is False for work in periodic_work()), "as a second relay that saw no row yet"
    assert db.session.scalar(select(func.count()).select_from(Job)) == number
    clock.at("2026-11-21T09:10+08:00")
    assert relay.fire_what_is_due() == number
    assert db.session.scalar(select(func.count()).select_from(Job)) == number, "those of yesterday still wait"
    assert db.session.scalar(select(func.count()).select_from(PeriodicRun)) == 2 * number


def test_given_the_work_of_the_house_when_done_then_it_leaves_the_head_outside(in_app: Flask) -> None:
    relay.fire_what_is_due()
    for _job in periodic_work():
        claimed = claim()
        assert isinstance(claimed, Claim)
        db.session.remove()
        attempt = Attempt(in_app, claimed)
        while not attempt.is_over():
            time.sleep(0.01)
    states = set(db.session.scalars(select(Job.state)))
    assert states == {JobState.DONE}
    folder = in_app.extensions["settings"].data_dir
    assert (folder / "trail-heads.log").read_text().count('"seq"') == 1
    assert (folder / "trail-heads.log").stat().st_mode & 0o077 == 0
