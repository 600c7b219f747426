"""Redis wakes and nothing more: away, flushed, restarted or full of forged entries, all work is done once."""

from pathlib import Path

import pytest
from flask import Flask
from rq import Queue
from rq.job import Job as PlainEntry
from rq.serializers import JSONSerializer, PickleSerializer
from sqlalchemy import select

from ombudsman_app.core.db import db
from ombudsman_app.core.jobs import relay
from ombudsman_app.core.jobs.models import JobState
from ombudsman_app.core.jobs.queue import ENTRY, QUEUE, mac
from ombudsman_app.core.trail.models import TrailEntry

from ..conftest import _Templates, fresh_app
from ..core.jobs_for_tests import ask, counted
from ..core.test_jobs import expire_lease, stored
from ..house.service import wait_until
from ..servers import RedisServer
from .programs import running
from .test_jobs import child_of, ended


@pytest.fixture(params=["sqlite", "postgresql"])
def house(request: pytest.FixtureRequest, templates: _Templates, tmp_path: Path, redis: RedisServer):
    """The product with a queue."""
    with fresh_app(templates, request.param, tmp_path, redis_url=redis.url) as app, app.app_context():
        yield app


def test_given_work_when_asked_for_then_a_worker_is_woken_and_it_is_done_once(
    house: Flask, redis: RedisServer
) -> None:
    with running(house, "worker", redis_url=redis.url):
        uuid = ask("count")
        wait_until(lambda: ended(uuid), why="done")
    assert (stored(uuid).state, counted()) == (JobState.DONE, 1)


def test_given_no_queue_when_work_is_asked_for_then_it_is_stored_and_done_when_there_is_one(
    house: Flask, redis: RedisServer
) -> None:
    redis.stop()
    uuid = ask("count")
    assert stored(uuid).state is JobState.WAITING
    redis.start()
    house.extensions.pop("redis_silent_until", None)
    with running(house, "worker", redis_url=redis.url):
        relay.look_after()
        wait_until(lambda: ended(uuid), why="the relay woke a worker")
    assert counted() == 1


@pytest.mark.parametrize("how", ["flushed", "restarted"])
def test_given_a_queue_that_forgot_all_when_the_relay_comes_round_then_the_work_is_done(
    house: Flask, redis: RedisServer, how: str
) -> None:
    uuid = ask("count")
    with redis.client() as client:
        assert client.llen(f"rq:queue:{QUEUE}") == 1
        if how == "flushed":
            client.flushall()
    if how == "restarted":
        redis.stop()
        redis.start()
    with running(house, "worker", redis_url=redis.url):
        relay.wake_sleepers()
        wait_until(lambda: ended(uuid), why="done")
    assert counted() == 1


def test_given_the_same_entry_many_times_when_read_then_the_work_is_done_once(
    house: Flask, redis: RedisServer
) -> None:
    uuid = ask("count")
    with redis.client() as client:
        queue = Queue(QUEUE, connection=client, serializer=JSONSerializer)
        for _number in range(5):
            queue.enqueue(ENTRY, args=(str(uuid), mac(str(uuid))))
    with running(house, "worker", redis_url=redis.url):
        wait_until(lambda: ended(uuid) and _length(redis) == 0, why="all entries were read")
    assert (counted(), stored(uuid).attempts) == (1, 1)


def test_given_a_killed_worker_when_swept_then_another_does_the_work(
    house: Flask, redis: RedisServer, tmp_path: Path
) -> None:
    uuid = ask("slow", folder=str(tmp_path))
    with running(house, "worker", redis_url=redis.url):
        child_of(tmp_path)
    expire_lease(uuid)
    (tmp_path / "go").touch()
    with redis.client() as client:
        client.flushall()  # what RQ remembers of the dead one
    with running(house, "worker", redis_url=redis.url):
        relay.look_after()
        wait_until(lambda: ended(uuid), why="done")
    assert counted() == 1


FORGED = {
    "another function": {"f": "os.system", "args": ("touch {mark}",)},
    "a wrong proof": {"f": ENTRY, "args": ("{uuid}", "0" * 64)},
    "one argument": {"f": ENTRY, "args": ("{uuid}",)},
    "one more argument": {"f": ENTRY, "args": ("{uuid}", "{mac}", "x")},
    "named arguments": {"f": ENTRY, "args": ("{uuid}", "{mac}"), "kwargs": {"name": "x"}},
    "no text": {"f": ENTRY, "args": (1, 2)},
    "endless text": {"f": ENTRY, "args": ("x" * 100_000, "{mac}")},
    "our own inner function": {"f": "ombudsman_app.core.jobs.queue.serve", "args": ("{uuid}", "{mac}")},
}


def _length(redis: RedisServer) -> int:
    with redis.client() as client:
        return int(client.llen(f"rq:queue:{QUEUE}"))  # type: ignore[arg-type]


@pytest.mark.parametrize("what", [*FORGED, "a pickle", "no entry at all"])
def test_given_a_forged_entry_when_a_worker_reads_it_then_nothing_runs_and_the_worker_lives(
    house: Flask, redis: RedisServer, tmp_path: Path, what: str
) -> None:
    mark = tmp_path / "ran"
    uuid = ask("count")
    with redis.client() as client:
        client.flushall()
        if what == "a pickle":
            queue = Queue(QUEUE, connection=client, serializer=PickleSerializer)
            queue.enqueue("os.system", args=(f"touch {mark}",))
        elif what == "no entry at all":
            client.rpush(f"rq:queue:{QUEUE}", "nothing")
        else:
            queue = Queue(QUEUE, connection=client, serializer=JSONSerializer)
            forged = FORGED[what]
            words = {"mark": str(mark), "uuid": str(uuid), "mac": mac(str(uuid))}
            args = tuple(one.format(**words) if isinstance(one, str) else one for one in forged["args"])
            queue.enqueue_call(forged["f"], args=args, kwargs=forged.get("kwargs"))
    with running(house, "worker", redis_url=redis.url):
        wait_until(lambda: _length(redis) == 0, why="it was read")
        other = ask("count")
        wait_until(lambda: ended(other), why="the worker goes on")
    assert not mark.exists()
    assert stored(uuid).state is JobState.WAITING
    if what in FORGED:
        db.session.rollback()
        events = db.session.scalars(select(TrailEntry.event)).all()
        assert "core:queue_entry:refused" in events


def test_the_queue_never_holds_more_than_an_id(house: Flask, redis: RedisServer) -> None:
    uuid = ask("count")
    with redis.client() as client:
        (entry,) = client.lrange(f"rq:queue:{QUEUE}", 0, -1)  # type: ignore[misc]
        job = PlainEntry.fetch(entry.decode(), connection=client, serializer=JSONSerializer)
    assert (job.func_name, job.args, job.kwargs) == (ENTRY, [str(uuid), mac(str(uuid))], {})
