"""Whoever applies a list or takes it back may be killed at any moment: each row counts once, or none does."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import text

from ombudsman_app.core.db import command, db
from ombudsman_app.core.jobs.models import Job, JobState
from ombudsman_app.core.jobs.outbox import enqueue
from ombudsman_app.employers.models import Employer, Observation
from ombudsman_app.imports.commands import MATCH, begin_apply, begin_undo
from ombudsman_app.imports.keeping import key_of, open_block, seal_block
from ombudsman_app.imports.models import ImportBlock, ImportChange, ImportRow, ImportRun
from ombudsman_app.imports.states import RunState, Verdict

from ..core.test_jobs import make_due, stored
from ..factories.employers import EmployerFactory, keeper_of
from ..factories.imports import ImportFactory, values_of
from ..house.service import wait_until
from .programs import running

ROWS = 5_200  # two batches
TABLES = ("employer", "employer_observation")
APPLYING = ("imports.apply.batch", "imports.apply.written", "apply_batch.committed", "end_apply.committed")
MATCHING = ("imports.match.found", "_keep.before_commit", "_keep.committed")
UNDOING = ("imports.undo.batch", "undo_batch.before_commit", "undo_batch.committed")


@command
def _many(run: ImportRun) -> None:
    """Give an import many new rows."""
    key = key_of(run)
    held = db.session.get_one(ImportRun, run.id)
    held.counts = {"new": ROWS}
    db.session.query(ImportRow).filter_by(run_id=run.id).delete()
    db.session.query(ImportBlock).filter_by(run_id=run.id).delete()
    for first in range(10, 10 + ROWS, 200):
        numbers = range(first, first + 200)
        values = {number: values_of(f"PT Contoh {number}", "MAM") for number in numbers}
        sealed = seal_block(values, key, first)
        db.session.add(ImportBlock(run_id=run.id, first=first, last=first + 199, sealed=sealed))
        db.session.add_all(ImportRow(run_id=run.id, number=number, verdict=Verdict.NEW) for number in numbers)


def _dump() -> list[tuple[object, ...]]:
    rows = [tuple(row) for table in TABLES for row in db.session.execute(text(f"SELECT * FROM {table}"))]
    db.session.rollback()
    return sorted(rows, key=repr)


def _killed_and_resumed(app: Flask, run_id: int, at: str) -> None:
    uuid = db.session.query(Job).order_by(Job.id.desc()).limit(1).one().uuid
    db.session.remove()
    with running(app, "runner", crash_at=at):
        wait_until(lambda: stored(uuid).attempts == 1 and stored(uuid).state is not JobState.RUNNING, why=at)
    if stored(uuid).state is JobState.WAITING:
        make_due(uuid)
    with running(app, "runner"):
        wait_until(lambda: stored(uuid).state is JobState.DONE, why=f"goes on after {at}")
    db.session.rollback()
    db.session.expire_all()


def _begun(act: Callable[..., None], run_id: int) -> None:
    run = db.session.get_one(ImportRun, run_id)
    act(run, version=None, actor=keeper_of())


@pytest.mark.parametrize("at", APPLYING)
def test_given_a_killed_job_when_it_goes_on_then_each_row_is_applied_once(in_app: Flask, at: str) -> None:
    run_id = ImportFactory().id
    _many(db.session.get_one(ImportRun, run_id))
    before = db.session.query(Employer).count()
    _begun(begin_apply, run_id)
    _killed_and_resumed(in_app, run_id, at)
    assert db.session.get_one(ImportRun, run_id).state is RunState.APPLIED
    assert db.session.query(Employer).count() == before + ROWS
    assert db.session.query(Observation).count() == ROWS
    assert db.session.query(ImportChange).count() == ROWS


@command
def _matching(run_id: int) -> None:
    """Let a list wait for its names to be compared: one of the new ones is spelt nearly as a known one."""
    actor = keeper_of()
    EmployerFactory(actor, name="PT Kencana Laut Biru")
    run = db.session.get_one(ImportRun, run_id)
    run.state = RunState.MATCHING
    block = db.session.query(ImportBlock).filter_by(run_id=run_id).one()
    values = open_block(block.sealed, key_of(run), block.first)
    values[3] = values_of("PT Kencanna Laut Biru", "MAM")
    block.sealed = seal_block(values, key_of(run), block.first)
    run.job_uuid = enqueue(MATCH, actor=actor, arguments={"run": run_id}, once=str(run_id))


@pytest.mark.parametrize("at", MATCHING)
def test_given_names_being_compared_when_killed_then_what_was_found_counts_once(
    in_app: Flask, at: str
) -> None:
    run_id = ImportFactory().id
    _matching(run_id)
    _killed_and_resumed(in_app, run_id, at)
    run = db.session.get_one(ImportRun, run_id)
    assert run.state is RunState.CHECKED
    assert run.counts == {"new": 0, "doubtful": 2, "rejected": 1, "blank": 0}
    rows = db.session.query(ImportRow).filter_by(run_id=run_id).order_by(ImportRow.number)
    assert [row.verdict for row in rows] == [Verdict.DOUBTFUL, Verdict.DOUBTFUL, Verdict.REJECTED]


@pytest.mark.parametrize("at", UNDOING)
def test_given_a_killed_undo_when_it_goes_on_then_nothing_of_the_list_is_left(in_app: Flask, at: str) -> None:
    run_id = ImportFactory().id
    _many(db.session.get_one(ImportRun, run_id))
    before = _dump()
    _begun(begin_apply, run_id)
    uuid = db.session.query(Job).order_by(Job.id.desc()).limit(1).one().uuid
    db.session.remove()
    with running(in_app, "runner"):
        wait_until(lambda: stored(uuid).state is JobState.DONE, why="applied")
    _begun(begin_undo, run_id)
    _killed_and_resumed(in_app, run_id, at)
    assert db.session.get_one(ImportRun, run_id).state is RunState.UNDONE
    assert _dump() == before
