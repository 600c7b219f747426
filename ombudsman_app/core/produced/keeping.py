"""Keeping what a job made, and forgetting it after a day."""

import hashlib
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select

from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.jobs.work import Work

from . import store
from .models import ProducedFile

KEPT = timedelta(hours=24)
_SWEPT_AT_ONCE = 200


def keep(work: Work, content: bytes, *, name: str, media_type: str) -> None:
    """Store the file for whoever asked and end the job. Raises LeaseLost: then it is swept up later."""
    _write_down(work, store.write(content), content, name, media_type)


@command
def _write_down(work: Work, uuid: UUID, content: bytes, name: str, media_type: str) -> None:
    work.hold()
    instant = now()
    db.session.add(
        ProducedFile(
            uuid=uuid,
            job_uuid=work.job_id,
            owner_id=work.actor.user_id,
            saved_as=name,
            media_type=media_type,
            size_bytes=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            made_at=instant,
            ends_at=instant + KEPT,
        )
    )
    work.finish(file=str(uuid))


def produced_by(job: UUID, owner_id: int | None) -> ProducedFile | None:
    """Return the file of a job if it is this person's and has not ended. 1 statement."""
    return db.session.scalar(
        select(ProducedFile).where(
            ProducedFile.job_uuid == job,
            ProducedFile.owner_id == owner_id,
            ProducedFile.owner_id.is_not(None),
            ProducedFile.ends_at > now(),
        )
    )


def produced_for_all(job: UUID) -> ProducedFile | None:
    """Return the file of a job that has no owner, if it has not ended: everybody's. 1 statement."""
    return db.session.scalar(
        select(ProducedFile).where(
            ProducedFile.job_uuid == job, ProducedFile.owner_id.is_(None), ProducedFile.ends_at > now()
        )
    )


def sweep_produced() -> bool:
    """Forget files whose day is over, some at a time; return whether there were any. Rows go first."""
    names = _forget_rows()
    for name in names:
        store.remove(name)
    if not names:  # bytes without a row: a job died between the two
        for path in store.left_behind((now() - 2 * KEPT).timestamp()):
            path.unlink(missing_ok=True)
    return bool(names)


@command
def _forget_rows() -> list[UUID]:
    names = list(
        db.session.scalars(
            select(ProducedFile.uuid).where(ProducedFile.ends_at <= now()).limit(_SWEPT_AT_ONCE)
        )
    )
    if names:
        gone = delete(ProducedFile).where(ProducedFile.uuid.in_(names))
        db.session.execute(gone.execution_options(synchronize_session=False))
    return names
