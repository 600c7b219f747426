"""Work that only tests want. Importing it registers the kinds; a program started by a test imports it too."""

import os
import time
from pathlib import Path

from sqlalchemy import select, update

from ombudsman_app.core.db import command, db
from ombudsman_app.core.faults import crash_point
from ombudsman_app.core.jobs.errors import JobFailed
from ombudsman_app.core.jobs.models import Job
from ombudsman_app.core.jobs.outbox import enqueue
from ombudsman_app.core.jobs.registry import job
from ombudsman_app.core.jobs.work import Work
from ombudsman_app.core.numbers import NumberCounter, next_number
from ombudsman_app.core.policy import STRANGER, Actor

TITLE = "Forget ended jobs and keys of forms"  # one that the catalogue has


def ask(kind: str, *, actor: Actor = STRANGER, once: str = "", **arguments: str | int):
    """Enqueue from outside a command, as a view does through one."""
    return command(enqueue)(f"test.{kind}", actor=actor, arguments=arguments, once=once)


def counted() -> int:
    """How often the work of a test was stored."""
    found = db.session.scalar(select(NumberCounter.last).where(NumberCounter.kind == "job")) or 0
    db.session.rollback()
    return found


@command
def count_and_finish(work: Work) -> None:
    next_number("job", 1, 2026)
    work.finish(number=1)


@job("test.count", TITLE)
def count(work: Work) -> None:
    """Store one thing together with the end of the job: exactly once, whatever dies."""
    work.progress(TITLE, 1, 2)
    count_and_finish(work)
    crash_point("test.counted")


@job("test.slow", TITLE)
def slow(work: Work) -> None:
    """Work until a file appears; tell which process does it."""
    folder = Path(str(work.arguments["folder"]))
    (folder / f"child-{os.getpid()}").touch()
    while not (folder / "go").exists():
        time.sleep(0.02)
        work.progress(TITLE)
    count_and_finish(work)


@job("test.stuck", TITLE, time_limit_seconds=1, attempts=1)
def stuck(_work: Work) -> None:
    """Never end and never say anything."""
    while True:
        time.sleep(60)


@job("test.hungry", TITLE, attempts=1, memory_bytes=1 << 30)
def hungry(_work: Work) -> None:
    """Take more and more memory."""
    taken = []
    while True:
        taken.append(bytearray(64 << 20))


@job("test.hopeless", TITLE)
def hopeless(_work: Work) -> None:
    raise JobFailed("gone")


@job("test.broken", TITLE)
def broken(_work: Work) -> None:
    raise ValueError("as a mistake of ours would")


@job("test.zombie", TITLE)
def zombie(work: Work) -> None:
    """Go on although somebody else has the job by now."""
    stolen = update(Job).where(Job.uuid == work.job_id).values(token=Job.token + 1)
    command(lambda: db.session.execute(stolen))()
    count_and_finish(work)


@job("test.whose", TITLE)
def whose(work: Work) -> None:
    """Work with the rights of who asked."""
    work.finish(user=work.actor.user_id or 0)
