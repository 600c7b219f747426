"""Many letters that one job lets go: which wait for it, how far it is, what it left."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select

from ombudsman_app.core import limits
from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.models import LIVING, Job
from ombudsman_app.core.policy import Actor
from ombudsman_app.directory.models import RepresentativeOffice
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.policies import ISSUERS_OF_MANY
from ombudsman_app.documents.states import ISSUE_ALL, OUT, DocumentState

_AT_ONCE = 50  # ids in memory


@dataclass(frozen=True)
class Batch:
    """What one job was asked for: letters of an office, of one kind if that is named, that waited then."""

    job: UUID
    office_id: int
    kind: str  # empty: all
    last_id: int  # what is written later waits for another job


@dataclass(frozen=True)
class Ready:
    """Approved letters of one kind in one office of this person."""

    office_id: int
    office: str
    kind: str
    number: int


@dataclass(frozen=True)
class LeftLetter:
    """A letter that could not be issued, with the code of the reason."""

    id: int
    kind: str
    subject: str
    because: str


@dataclass(frozen=True)
class BatchPage:
    """How far a batch is. `number_out` have number and pages, `number_waiting` have neither."""

    job: Job
    batch: Batch
    office: str
    number_out: int
    number_waiting: int
    number_being_made: int  # papers of the office with a number and no pages yet; stops at 1,001
    left: Sequence[LeftLetter]  # the first of them
    number_left: int


def batch_of(job: UUID, arguments: str | Mapping[str, Any]) -> Batch:
    """Read what a job was asked for, from its row or from what the job sees of itself."""
    given = json.loads(arguments) if isinstance(arguments, str) else arguments
    return Batch(job, int(given["office"]), str(given["kind"]), int(given["last"]))


def ready_letters(actor: Actor) -> Sequence[Ready]:
    """Return how many approved letters wait in the offices that this person heads. 1 statement."""
    mine = sorted(actor.offices_as(*ISSUERS_OF_MANY))
    counted = (
        select(RepresentativeOffice.id, RepresentativeOffice.name, Document.kind, func.count())
        .join(RepresentativeOffice, RepresentativeOffice.id == Document.representative_office_id)
        .where(Document.representative_office_id.in_(mine), Document.state == DocumentState.APPROVED)
        .group_by(RepresentativeOffice.id, RepresentativeOffice.name, Document.kind)
        .order_by(RepresentativeOffice.id, Document.kind)
    )
    return [Ready(*row) for row in db.session.execute(counted)]


def living_batches(actor: Actor) -> Sequence[Job]:
    """Return the jobs that issue letters of this person's offices just now, whoever asked. 1 statement."""
    keys = [once_key(office) for office in sorted(actor.offices_as(*ISSUERS_OF_MANY))]
    return db.session.scalars(select(Job).where(Job.once_key.in_(keys)).order_by(Job.id)).all()


def once_key(office_id: int) -> str:
    """Name the one living batch of an office, as the outbox writes it."""
    return f"{ISSUE_ALL}:{office_id}"


def office_batch(actor: Actor, uuid: UUID) -> Job | None:
    """Return a job that issues letters of an office which this person heads, whoever asked. 1 statement."""
    job = db.session.scalar(select(Job).where(Job.uuid == uuid, Job.kind == ISSUE_ALL))
    if job is None:
        return None
    office_id = batch_of(job.uuid, job.arguments).office_id
    return job if office_id in actor.offices_as(*ISSUERS_OF_MANY) else None


def last_ready(office_id: int, kind: str) -> int:
    """Return the youngest approved letter; 0: none waits. 1 statement."""
    youngest = select(func.max(Document.id)).where(*_of(office_id, kind), _is_approved())
    return db.session.scalar(youngest) or 0


def next_in_batch(batch: Batch, after: int) -> Sequence[int]:
    """Return ids of letters that wait for their number or their pages, oldest first; some at a time.

    One whose pages another job makes is not among them. 1 statement.
    """
    found = _waiting(batch).where(Document.id > after).order_by(Document.id).limit(_AT_ONCE)
    return db.session.scalars(found).all()


def numbers_of(batch: Batch) -> tuple[int, int]:
    """Return how many letters it has made so far, and how many wait for it. 1 statement."""
    row = db.session.execute(select(_made_by(batch), _count(_waiting(batch)))).one()
    return row[0], row[1]


def batch_page(job: Job) -> BatchPage:
    """Return the page of a batch. 2 statements."""
    batch = batch_of(job.uuid, job.arguments)
    left = _within(batch).where(_is_approved(), Document.left_because != "")
    unmade = select(literal(1)).where(
        Document.representative_office_id == batch.office_id, Document.state == DocumentState.BEING_MADE
    )
    office = select(RepresentativeOffice.name).where(RepresentativeOffice.id == batch.office_id)
    name, made, approved, number_left, being_made = db.session.execute(
        select(
            office.scalar_subquery(),
            _made_by(batch),
            _count(_within(batch).where(_is_approved())),
            _count(left),
            _count(unmade.limit(limits.COUNT_STOPS_AT)),
        )
    ).one()
    columns = left.with_only_columns(Document.id, Document.kind, Document.subject, Document.left_because)
    rows = db.session.execute(columns.order_by(Document.id).limit(limits.PAGE_ROWS))
    return BatchPage(
        job=job,
        batch=batch,
        office=name,
        number_out=made,
        number_waiting=approved - number_left,
        number_being_made=being_made,
        left=[LeftLetter(*row) for row in rows],
        number_left=number_left,
    )


def _of(office_id: int, kind: str) -> list[ColumnElement[bool]]:
    here = Document.representative_office_id == office_id
    return [here, Document.kind == kind] if kind else [here]


def _is_approved() -> ColumnElement[bool]:
    return Document.state == DocumentState.APPROVED


def _within(batch: Batch) -> Select[int]:
    return select(Document.id).where(*_of(batch.office_id, batch.kind), Document.id <= batch.last_id)


def _waiting(batch: Batch) -> Select[int]:
    orphaned = ~select(Job.id).where(Job.uuid == Document.job_uuid, Job.state.in_(LIVING)).exists()
    unmade = and_(Document.state == DocumentState.BEING_MADE, or_(Document.job_uuid == batch.job, orphaned))
    return _within(batch).where(or_(_is_approved(), unmade))


def _made_by(batch: Batch) -> Any:
    return _count(select(Document.id).where(Document.job_uuid == batch.job, Document.state.in_(OUT)))


def _count(rows: Select[Any]) -> Any:
    return select(func.count()).select_from(rows.subquery()).scalar_subquery()
