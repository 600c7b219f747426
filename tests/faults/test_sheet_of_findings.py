"""Whoever writes a sheet of findings may be killed at any moment: it is written once, whole."""

import io
from uuid import UUID

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select

from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.models import JobState
from ombudsman_app.core.policy import Role
from ombudsman_app.core.produced import store
from ombudsman_app.core.produced.models import ProducedFile
from ombudsman_app.findings.commands import ask_export
from ombudsman_app.findings.queries import RegisterFilter

from ..core.test_jobs import make_due, stored
from ..factories.findings import many_findings, person
from ..house.service import wait_until
from .programs import running

POINTS = ("findings.sheet.batch", "_write_down.before_commit", "_write_down.committed")


@pytest.mark.parametrize("at", POINTS)
def test_given_a_writer_that_is_killed_when_others_go_on_then_there_is_one_whole_sheet(
    in_app: Flask, at: str
) -> None:
    many_findings(700)  # two batches
    job = ask_export(RegisterFilter(), "Bahan rapat.", language="id", actor=person(Role.ANALYST)).job_uuid
    db.session.remove()
    assert isinstance(job, UUID)

    with running(in_app, "runner", crash_at=at):
        wait_until(lambda: stored(job).attempts == 1 and stored(job).state is not JobState.RUNNING, why=at)
    if stored(job).state is JobState.WAITING:
        make_due(job)
    with running(in_app, "runner"):
        wait_until(lambda: stored(job).state is JobState.DONE, why="written")

    made = db.session.scalars(select(ProducedFile).where(ProducedFile.job_uuid == job)).one()
    sheet = load_workbook(io.BytesIO((store.folder() / made.uuid.hex).read_bytes()), read_only=True)["Temuan"]
    assert sheet.max_row == 701
    db.session.rollback()
