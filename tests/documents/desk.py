"""People and machines that make papers in tests."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import select

from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.claiming import claim
from ombudsman_app.core.jobs.models import Job, JobState
from ombudsman_app.core.jobs.work import perform
from ombudsman_app.documents.models import Document

from ..children import child_server


@contextmanager
def renderer_of(app: Flask) -> Iterator[None]:
    """A real render server for this app."""
    with child_server(app.extensions["settings"].run_dir, "render"):
        yield


def make_all(app: Flask) -> list[JobState]:
    """Carry out every waiting job that makes a paper, as a runner would; return how each ended."""
    ended = []
    with app.app_context():
        waiting = list(
            db.session.scalars(
                select(Job.uuid)
                .where(Job.kind == "documents.make", Job.state == JobState.WAITING)
                .order_by(Job.id)
            )
        )
        db.session.remove()
    for uuid in waiting:
        with app.app_context():
            claimed = claim(uuid)
            assert claimed is not None
            db.session.remove()
        perform(app, claimed)
        with app.app_context():
            ended.append(db.session.scalars(select(Job.state).where(Job.uuid == uuid)).one())
    return ended


def papers(app: Flask, kind: str = "") -> list[Document]:
    """Return the papers as they are stored, oldest first, loose from the session."""
    with app.app_context():
        found = select(Document).order_by(Document.id)
        rows = list(db.session.scalars(found.where(Document.kind == kind) if kind else found))
        db.session.expunge_all()
        return rows
