"""Whoever sends may die at any step: mail arrives once, or twice where SMTP cannot exclude it (FB5)."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from ombudsman_app.complaints.commands import write_to_reporter
from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.models import Job, JobState
from ombudsman_app.notifications.models import Message
from ombudsman_app.notifications.states import MessageState

from ..conftest import BACKENDS, fresh_app
from ..factories.complaints import ComplaintFactory, TeamFactory
from ..house.service import wait_until
from ..notifications.post import ScriptedServer, make_due, scripted
from ..servers import RedisServer
from .programs import running

# where it dies → how many mails arrive in the end
POINTS = {
    "smtp.data": 1,
    "_doubt.before_commit": 1,
    "_doubt.committed": 1,
    "smtp.before_dot": 1,
    "smtp.taken": 2,  # the server has it, we could not write that down: the one double
    "_end.before_commit": 2,
    "_end.committed": 1,
    "_end_round.before_commit": 1,
}


def written() -> None:
    write_to_reporter(ComplaintFactory(), "Mohon kirim.", form_key="a", actor=TeamFactory().intake)


def state() -> MessageState:
    db.session.rollback()
    found = db.session.scalars(select(Message.state)).one()
    db.session.rollback()
    return found


def job() -> tuple[JobState, int]:
    db.session.rollback()
    found = db.session.execute(
        select(Job.state, Job.attempts).where(Job.kind == "notifications.send").order_by(Job.id)
    ).first()
    db.session.rollback()
    assert found is not None
    return found.state, found.attempts


def by(server: ScriptedServer) -> dict[str, str]:
    return {
        "OMBUDSMAN_MAIL_SERVER": "127.0.0.1",
        "OMBUDSMAN_MAIL_PORT": str(server.port),
        "OMBUDSMAN_MAIL_SECURITY": "none",
        "OMBUDSMAN_MAIL_FROM": "no-reply@lapor.example.test",
    }


@pytest.mark.parametrize("at", POINTS)
def test_given_a_sender_that_dies_at_each_step_then_others_finish_and_nothing_is_lost(
    in_app: Flask, at: str
) -> None:
    written()
    with scripted() as server:
        with running(in_app, "runner", crash_at=at, environ=by(server)):
            wait_until(lambda: job()[1] >= 1 and job()[0] is not JobState.RUNNING, why=at)
        make_due(in_app)
        with running(in_app, "runner", environ=by(server)):
            wait_until(lambda: state() is MessageState.SENT, why="sent")
    assert len(server.box.raw) == POINTS[at]
    assert len({mail["Message-ID"] for mail in server.box.mails()}) == 1


@pytest.fixture(params=BACKENDS)
def queued(request: pytest.FixtureRequest, templates: object, tmp_path: Path, redis: RedisServer):
    """A house that wakes its workers through Redis."""
    # type: ignore[arg-type]
    with fresh_app(templates, request.param, tmp_path, redis_url=redis.url) as app, app.app_context():
        yield app


def test_given_workers_with_redis_then_a_message_leaves_by_the_nudge_alone(
    queued: Flask, redis: RedisServer
) -> None:
    with scripted() as server:
        more = {**by(server), "OMBUDSMAN_REDIS_URL": redis.url}
        with running(queued, "worker", environ=more):
            written()
            wait_until(lambda: state() is MessageState.SENT, why="sent")
    assert len(server.box.raw) == 1
