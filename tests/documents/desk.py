"""People and machines that make papers in tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from flask import Flask
from sqlalchemy import select

from ombudsman_app.accounts.queries import actor_for
from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.claiming import claim
from ombudsman_app.core.jobs.models import Job, JobState
from ombudsman_app.core.jobs.work import perform
from ombudsman_app.core.policy import Actor, Role
from ombudsman_app.documents.commands import order_all
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.states import DocumentState

from ..children import child_server
from ..core.test_jobs import stored
from ..factories.accounts import UserFactory
from ..factories.documents import ready_letters

PAGES = b"%PDF-1.7 halaman "


@contextmanager
def renderer_of(app: Flask) -> Iterator[None]:
    """A real render server for this app."""
    with child_server(app.extensions["settings"].run_dir, "render"):
        yield


def make_all(app: Flask, kind: str = "documents.make") -> list[JobState]:
    """Carry out every waiting job of a kind, as a runner would; return how each ended."""
    ended = []
    with app.app_context():
        waiting = list(
            db.session.scalars(
                select(Job.uuid).where(Job.kind == kind, Job.state == JobState.WAITING).order_by(Job.id)
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


@dataclass(frozen=True)
class Head:
    """Somebody who heads an office, by id: each act has an application context of its own."""

    app: Flask
    id: int

    @property
    def actor(self) -> Actor:
        with self.app.app_context():
            found = actor_for(self.id)
        assert found is not None
        return found

    @property
    def office_id(self) -> int:
        return min(self.actor.offices_as(Role.HEAD_OF_REPRESENTATIVE, Role.PVL_ASSISTANT))

    def ready(self, number: int) -> list[int]:
        """Approve as many letters."""
        actor = self.actor
        with self.app.app_context():
            return ready_letters(number, actor)

    def order(self) -> UUID:
        actor, office_id = self.actor, self.office_id
        with self.app.app_context():
            return order_all(office_id, actor=actor)


def person(app: Flask, *roles: Role, office: str = "MAM") -> Head:
    with app.app_context():
        return Head(app, UserFactory(*roles, office=office, password=None).id)


def worked(app: Flask, uuid: UUID) -> Job:
    """Carry out one attempt as a runner does; return the job as it stands then."""
    with app.app_context():
        claimed = claim(uuid)
    assert claimed is not None
    perform(app, claimed)
    with app.app_context():
        return stored(uuid)


def states(app: Flask) -> list[DocumentState]:
    return [paper.state for paper in papers(app)]


def sequences(app: Flask) -> list[int]:
    return sorted(paper.sequence for paper in papers(app) if paper.sequence is not None)
