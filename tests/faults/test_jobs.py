"""Who works may die at any moment: the work is done once, and the first sweep finds it (JQ1–JQ4, FB5)."""

import os
import signal
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.claiming import sweep_leases
from ombudsman_app.core.jobs.models import Job, JobAttempt, JobState
from ombudsman_app.core.jobs.registry import periodic_work

from ..core.jobs_for_tests import ask, counted
from ..core.test_jobs import expire_lease, make_due, stored
from ..house.service import wait_until
from .programs import running, start

POINTS = (
    "jobs.perform.begun",
    "count_and_finish.before_commit",
    "count_and_finish.committed",
    "test.counted",
)


def ended(uuid) -> bool:
    return stored(uuid).state in (JobState.DONE, JobState.FAILED, JobState.CANCELLED)


def child_of(folder: Path) -> int:
    wait_until(lambda: list(folder.glob("child-*")), why="the child began")
    (found,) = folder.glob("child-*")
    found.unlink()
    return int(found.name.removeprefix("child-"))


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


@pytest.mark.parametrize("at", POINTS)
def test_given_a_child_that_dies_at_each_point_when_others_run_then_it_is_done_once(
    in_app: Flask, at: str
) -> None:
    uuid = ask("count")
    with running(in_app, "runner", crash_at=at):
        wait_until(lambda: stored(uuid).attempts == 1 and stored(uuid).state is not JobState.RUNNING, why=at)
    assert counted() == (1 if at in POINTS[2:] else 0)
    if stored(uuid).state is JobState.WAITING:
        make_due(uuid)
    with running(in_app, "runner"):
        wait_until(lambda: ended(uuid), why="done")
    assert stored(uuid).state is JobState.DONE
    assert counted() == 1


def test_given_a_child_killed_outright_then_its_parent_says_so_and_it_is_done_later(
    in_app: Flask, tmp_path: Path
) -> None:
    uuid = ask("slow", folder=str(tmp_path))
    with running(in_app, "runner"):
        os.kill(child_of(tmp_path), signal.SIGKILL)
        wait_until(lambda: stored(uuid).state is JobState.WAITING, why="it waits again")
        assert stored(uuid).reason == "lost"
        (tmp_path / "go").touch()
        make_due(uuid)
        wait_until(lambda: ended(uuid), why="done")
    assert counted() == 1


def test_given_a_killed_runner_then_its_child_is_gone_and_one_sweep_gives_the_job_to_another(
    in_app: Flask, tmp_path: Path
) -> None:
    uuid = ask("slow", folder=str(tmp_path))
    with running(in_app, "runner") as first:
        child = child_of(tmp_path)
        first.kill()
        first.wait()
        wait_until(lambda: not is_alive(child), why="no attempt without its parent")
    assert stored(uuid).state is JobState.RUNNING, "nobody could say so yet"
    expire_lease(uuid)
    assert sweep_leases() == 1
    (tmp_path / "go").touch()
    with running(in_app, "runner"):
        wait_until(lambda: ended(uuid), why="done")
    assert (counted(), stored(uuid).attempts) == (1, 2)


def test_given_a_runner_that_stops_politely_then_its_job_waits_and_has_lost_no_attempt(
    in_app: Flask, tmp_path: Path
) -> None:
    uuid = ask("slow", folder=str(tmp_path))
    with running(in_app, "runner") as first:
        child = child_of(tmp_path)
        first.terminate()
        assert first.wait(timeout=60) == 0
        assert not is_alive(child)
    job = stored(uuid)
    assert (job.state, job.attempts, job.reason) == (JobState.WAITING, 0, "stopped")


def test_given_two_runners_when_a_period_begins_then_periodic_work_is_done_once(in_app: Flask) -> None:
    number = len(periodic_work())
    with running(in_app, "runner"), running(in_app, "runner"):
        wait_until(lambda: _done() >= number, why="all of it")
    assert _done() == number
    assert db.session.scalar(select(func.count()).select_from(Job)) == number
    assert db.session.scalar(select(func.count()).select_from(JobAttempt)) == number


def _done() -> int:
    db.session.rollback()
    number = db.session.scalar(select(func.count()).where(Job.state == JobState.DONE)) or 0
    db.session.rollback()
    return number


def test_given_two_runners_and_many_jobs_then_each_is_done_once(in_app: Flask) -> None:
    asked = [ask("count") for _number in range(12)]
    with running(in_app, "runner"), running(in_app, "runner"):
        wait_until(lambda: all(ended(uuid) for uuid in asked), why="all of them")
    assert counted() == len(asked)
    assert {stored(uuid).attempts for uuid in asked} == {1}


def test_given_a_relay_that_dies_after_firing_then_the_next_fires_and_nothing_is_twice(in_app: Flask) -> None:
    died = start(in_app, "relay", crash_at="jobs.periodic.fired")
    assert died.wait(timeout=60) == 137
    assert db.session.scalar(select(func.count()).select_from(Job)) == 0
    db.session.rollback()
    assert start(in_app, "relay").wait(timeout=60) == 0
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Job)) == len(periodic_work())
