"""Whoever makes the pages of a letter may die at any moment: it is made once, under its number."""

import pytest
from flask import Flask

from ombudsman_app.complaints.states import ComplaintState
from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.models import JobState
from ombudsman_app.documents.archive import archive, bytes_of
from ombudsman_app.documents.commands import issue
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.states import DocumentState

from ..core.test_jobs import make_due, stored
from ..documents.desk import renderer_of
from ..factories.complaints import CaseFactory, TeamFactory
from ..factories.documents import LetterFactory
from ..house.service import wait_until
from .programs import running

POINTS = (
    "documents.make.drawn",
    "documents.make.signed",
    "documents.make.stored",
    "_write_down.before_commit",
    "_write_down.committed",
)


def held(document_id: int) -> Document:
    found = db.session.get_one(Document, document_id, populate_existing=True)
    db.session.expunge_all()
    db.session.rollback()
    return found


@pytest.mark.parametrize("at", POINTS)
def test_given_a_maker_that_dies_at_each_point_when_others_go_on_then_it_is_made_once(
    in_app: Flask, at: str
) -> None:
    team = TeamFactory()
    letter = LetterFactory(CaseFactory(ComplaintState.FORMAL_VERIFICATION, team), team.intake)
    issue(letter, version=letter.version, actor=team.intake)
    document_id, job, number = letter.id, letter.job_uuid, letter.number
    db.session.remove()
    assert job is not None

    with renderer_of(in_app):
        with running(in_app, "runner", crash_at=at):
            wait_until(
                lambda: stored(job).attempts == 1 and stored(job).state is not JobState.RUNNING, why=at
            )
        is_written = at == POINTS[-1]
        assert (held(document_id).state is DocumentState.ISSUED) is is_written
        if stored(job).state is JobState.WAITING:
            make_due(job)
        with running(in_app, "runner"):
            wait_until(lambda: stored(job).state is JobState.DONE, why="made")

    made = held(document_id)
    assert (made.state, made.number) == (DocumentState.ISSUED, number)
    content = bytes_of(made)
    assert content is not None
    assert content.startswith(b"%")
    assert b"%PDF-" in content[:1024]
    assert made.stored_name is not None
    assert made.stored_name.hex in dict(archive().names())
