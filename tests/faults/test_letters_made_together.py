"""Whoever issues many letters may die at any moment: each gets one number, none is missing, all are made."""

import logging
import re
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from ombudsman_app.accounts.queries import actor_for
from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.claiming import sweep_leases
from ombudsman_app.core.jobs.models import JobState
from ombudsman_app.core.numbers import NumberCounter
from ombudsman_app.core.policy import Role
from ombudsman_app.documents.archive import archive, bytes_of
from ombudsman_app.documents.commands import order_all
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.states import DocumentState

from ..core.test_jobs import expire_lease, make_due, stored
from ..documents.desk import renderer_of
from ..factories.accounts import UserFactory
from ..factories.documents import ready_letters
from ..house.service import processes_of, wait_until
from .programs import running

FEW, MANY = 12, 1000
PATIENCE_SECONDS = 3600
GROWTH_MIB, GROWTH_TIMES = 16, 1.15  # of the process that makes them, from letter 100 to letter 1,000
POINTS = (
    "issue.before_commit",
    "issue.committed",
    "documents.make.drawn",
    "documents.make.signed",
    "documents.make.stored",
    "_write_down.before_commit",
    "_write_down.committed",
    "finish.before_commit",
)
QUICK = (
    "issue.committed",
    "documents.make.stored",
    "_write_down.committed",
)  # of the second database


def ordered(number: int) -> UUID:
    """Let a head order as many letters; return the job."""
    user = UserFactory(Role.PVL_ASSISTANT, Role.HEAD_OF_REPRESENTATIVE, password=None)
    head = actor_for(user.id)
    assert head is not None
    ready_letters(number, head)
    job = order_all(min(head.offices_as(Role.HEAD_OF_REPRESENTATIVE)), actor=head)
    db.session.remove()
    return job


def out() -> int:
    """How many letters are out."""
    number = db.session.scalar(select(func.count()).where(Document.state == DocumentState.ISSUED)) or 0
    db.session.rollback()
    return number


def assert_each_once(number: int) -> None:
    """Numbers run from 1 on; every letter is out, its pages can be read and are its own."""
    last = db.session.scalars(select(NumberCounter.last)).one()
    drawn = db.session.scalars(select(Document.sequence).order_by(Document.sequence)).all()
    assert (last, list(drawn)) == (number, list(range(1, number + 1)))
    assert out() == number
    kept = dict(archive().names())
    prints = set()
    for document_id in db.session.scalars(select(Document.id)).all():
        letter = db.session.get_one(Document, document_id)
        content = bytes_of(letter)
        assert content is not None
        assert b"%PDF-" in content[:1024]
        assert letter.stored_name is not None
        assert letter.stored_name.hex in kept
        prints.add(letter.sha256)
        db.session.expunge_all()
    assert len(prints) == number
    db.session.rollback()


@pytest.mark.parametrize(
    ("app", "at"),
    [
        *(pytest.param("sqlite", at, id=f"sqlite-{at}") for at in POINTS),
        *(
            pytest.param(
                "postgresql",
                at,
                id=f"postgresql-{at}",
                marks=() if at in QUICK else pytest.mark.full,
            )
            for at in POINTS
        ),
    ],
    indirect=["app"],
)
def test_given_a_batch_that_dies_at_each_point_in_the_middle_then_the_next_finishes_it(
    in_app: Flask, at: str
) -> None:
    job = ordered(FEW)
    nth = "" if at.startswith("finish") else "#5"
    with renderer_of(in_app):
        with running(in_app, "runner", crash_at=at + nth):
            wait_until(
                lambda: stored(job).attempts == 1 and stored(job).state is not JobState.RUNNING, why=at
            )
        assert stored(job).reason == "lost"
        assert out() == {"": FEW, "#5": 5 if at == "_write_down.committed" else 4}[nth]
        make_due(job)
        with running(in_app, "runner"):
            wait_until(lambda: stored(job).state is JobState.DONE, why="made")
    assert stored(job).result == f'{{"letters": {FEW}, "refused": 0}}'
    assert_each_once(FEW)


def peak_kib(folder: Path, child_of: int) -> int:
    """The most memory that the attempt of this runner ever held."""
    children = [pid for pid, parent in processes_of(folder).items() if parent == child_of]
    found = [
        int(size[1])
        for pid in children
        if (size := re.search(r"^VmHWM:\s+(\d+)", status_of(pid), re.MULTILINE))
    ]
    return max(found, default=0)


def status_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return ""


@pytest.mark.full
def test_given_a_thousand_letters_and_a_runner_that_is_killed_then_all_are_made_in_bounded_memory(
    in_app: Flask,
) -> None:
    folder = in_app.extensions["settings"].data_dir
    job = ordered(MANY)
    with renderer_of(in_app):
        with running(in_app, "runner") as first:
            wait_until(lambda: out() >= 50, why="some are out", seconds=PATIENCE_SECONDS)
            first.kill()
            first.wait()
        assert stored(job).state is JobState.RUNNING, "nobody could say so yet"
        expire_lease(job)
        assert sweep_leases() == 1
        begun = out()
        assert 0 < begun < MANY
        with running(in_app, "runner") as second:
            wait_until(lambda: out() >= begun + 100, why="a hundred more", seconds=PATIENCE_SECONDS)
            early = late = peak_kib(folder, second.pid)
            assert early > 0

            def is_done() -> bool:
                nonlocal late
                late = max(late, peak_kib(folder, second.pid))
                return stored(job).state is JobState.DONE

            wait_until(is_done, why="all are out", seconds=PATIENCE_SECONDS)
    logging.getLogger(__name__).info("peak KiB after 100 letters %d, after all %d", early, late)
    assert late <= early + GROWTH_MIB * 1024
    assert late <= early * GROWTH_TIMES
    assert stored(job).result == f'{{"letters": {MANY}, "refused": 0}}'
    assert_each_once(MANY)
