"""Who may work on a job, and until when: lease, heartbeat, fencing token, attempts (JQ3, JQ4)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from flask import current_app
from sqlalchemy import Update, func, select, update

from ombudsman_app.core.clock import now
from ombudsman_app.core.db import after_commit, command, db
from ombudsman_app.core.faults import crash_point
from ombudsman_app.core.logs import logger

from .errors import JobCancelled, LeaseLost
from .models import LIVING, Job, JobAttempt, JobState
from .registry import ATTEMPTS, kind_of
from .waking import wake

LEASE = timedelta(seconds=30)
PAUSES = (timedelta(seconds=10), timedelta(minutes=1))  # before the second and the third attempt
STOPPED = "stopped"  # the service ended while it worked
_SWEPT_AT_ONCE = 100


@dataclass(frozen=True)
class Claim:
    """The right of one attempt to work on a job."""

    job_id: int
    uuid: UUID
    kind: str
    arguments: str
    asked_by_id: int | None
    token: int
    attempts: int


def database_now() -> datetime:
    """Return the instant by which leases are judged: that of the one server, or of this one machine."""
    if db.engine.dialect.name == "sqlite":
        return now()
    at: datetime = db.session.scalars(select(func.clock_timestamp())).one()
    return at


def due_exists() -> bool:
    """Whether some job waits to be done now. 1 statement, which locks nothing."""
    due = select(Job.id).where(Job.state == JobState.WAITING, Job.run_after <= now()).limit(1)
    return db.session.scalar(due) is not None


@command
def claim(uuid: UUID | None = None) -> Claim | None:
    """Take the job that is due longest, or the named one if it is due; None: there is none. 4 statements."""
    due = select(Job).where(Job.state == JobState.WAITING, Job.run_after <= now())
    if uuid is not None:
        due = due.where(Job.uuid == uuid)
    found = db.session.scalar(
        due.order_by(Job.run_after, Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    if found is None:
        return None
    instant = now()
    found.state, found.token, found.attempts = JobState.RUNNING, found.token + 1, found.attempts + 1
    found.lease_until, found.started_at = database_now() + LEASE, found.started_at or instant
    found.step, found.done, found.total, found.reason = "", 0, 0, ""
    db.session.add(JobAttempt(job_id=found.id, token=found.token, started_at=instant))
    return Claim(
        found.id, found.uuid, found.kind, found.arguments, found.asked_by_id, found.token, found.attempts
    )


def _mine(claimed: Claim) -> Update:
    """Begin an update that touches the job only while this attempt holds it (JQ3)."""
    return (
        update(Job)
        .where(Job.id == claimed.job_id, Job.token == claimed.token, Job.state == JobState.RUNNING)
        .execution_options(synchronize_session=False)
    )


@command
def beat(claimed: Claim) -> bool:
    """Prolong the lease; return whether the attempt still holds the job."""
    prolonged = db.session.execute(_mine(claimed).values(lease_until=database_now() + LEASE))
    return bool(prolonged.rowcount)  # type: ignore[attr-defined]


@command
def tell(claimed: Claim, step: str, done: int, total: int) -> None:
    """Say how far it is. Raises LeaseLost, and JobCancelled when somebody asked for that."""
    said = _mine(claimed).values(step=step, done=done, total=total, lease_until=database_now() + LEASE)
    asked = db.session.execute(said.returning(Job.is_cancel_asked)).scalar_one_or_none()
    if asked is None:
        raise LeaseLost
    if asked:
        raise JobCancelled


def hold(claimed: Claim) -> None:
    """Keep the job until the commit of the running command. Raises LeaseLost: then nothing is stored."""
    held = db.session.execute(_mine(claimed).values(lease_until=database_now() + LEASE))
    if not held.rowcount:  # type: ignore[attr-defined]
        raise LeaseLost


@command
def finish(claimed: Claim, result: str = "{}") -> None:
    """Write the result, once, by whoever holds the job. Raises LeaseLost."""
    instant = now()
    done = _mine(claimed).values(
        state=JobState.DONE, result=result, ended_at=instant, once_key=None, lease_until=None, reason=""
    )
    if not db.session.execute(done).rowcount:  # type: ignore[attr-defined]
        raise LeaseLost
    _end_attempt(claimed.job_id, claimed.token, "", instant)
    _tell_of_end(claimed.job_id, claimed.asked_by_id)
    crash_point("jobs.finish.written")


@command
def give_up(claimed: Claim, reason: str, *, for_good: bool = False) -> None:
    """End an attempt that came to nothing: another one later, or *failed* with the reason (JQ4)."""
    found = db.session.scalar(
        select(Job)
        .where(Job.id == claimed.job_id, Job.token == claimed.token, Job.state == JobState.RUNNING)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if found is not None:
        _give_up(found, reason, for_good=for_good)


def _give_up(found: Job, reason: str, *, for_good: bool) -> None:
    instant = now()
    kind = kind_of(found.kind)
    allowed = kind.attempts if kind else ATTEMPTS
    _end_attempt(found.id, found.token, reason, instant)
    found.reason, found.lease_until = reason, None
    if reason == STOPPED and not found.is_cancel_asked:  # not its fault: no attempt is counted, no pause
        found.state, found.attempts, found.run_after = JobState.WAITING, found.attempts - 1, instant
        return
    if found.is_cancel_asked or reason == "cancelled":
        found.state, found.reason, found.once_key, found.ended_at = (
            JobState.CANCELLED,
            "cancelled",
            None,
            instant,
        )
    elif for_good or found.attempts >= allowed:
        found.state, found.once_key, found.ended_at = JobState.FAILED, None, instant
        logger.error("job failed", kind=found.kind, code=reason, job=str(found.uuid))
        _tell_of_end(found.id, found.asked_by_id)
    else:
        found.state = JobState.WAITING
        found.run_after = instant + PAUSES[min(found.attempts, len(PAUSES)) - 1]


def _tell_of_end(job_id: int, asked_by_id: int | None) -> None:
    """Let whoever asked know, in the transaction that ends the job; what tells people lies above us."""
    if asked_by_id is not None:
        db.session.flush()
        current_app.extensions["job_ended"](job_id)


def _end_attempt(job_id: int, token: int, reason: str, at: datetime) -> None:
    ended = update(JobAttempt).where(JobAttempt.job_id == job_id, JobAttempt.token == token)
    db.session.execute(ended.values(ended_at=at, reason=reason).execution_options(synchronize_session=False))


@command
def sweep_leases() -> int:
    """Give jobs whose worker is gone to another attempt at once; return how many. Some at a time."""
    lost = db.session.scalars(
        select(Job)
        .where(Job.state == JobState.RUNNING, Job.lease_until < database_now())
        .order_by(Job.id)
        .limit(_SWEPT_AT_ONCE)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    ).all()
    for found in lost:
        _give_up(found, "lost", for_good=False)
        if found.state is JobState.WAITING:
            found.run_after = now()  # its worker died, it did not: no pause
            _wake_later(found)
    return len(lost)


def _wake_later(found: Job) -> None:
    uuid, token = found.uuid, found.token
    after_commit(lambda: wake(uuid, token))


@command
def cancel(uuid: UUID) -> bool:
    """Stop a job: one that waits at once, one that runs at its next word. Return whether it lived."""
    found = db.session.scalar(
        select(Job).where(Job.uuid == uuid).with_for_update().execution_options(populate_existing=True)
    )
    if found is None or found.state not in LIVING:
        return False
    if found.state is JobState.WAITING:
        found.state, found.reason, found.once_key = JobState.CANCELLED, "cancelled", None
        found.ended_at = now()
    else:
        found.is_cancel_asked = True
    return True


@command
def retry(uuid: UUID) -> bool:
    """Let a failed job begin anew with all its attempts; return whether it was failed."""
    found = db.session.scalar(
        select(Job).where(Job.uuid == uuid).with_for_update().execution_options(populate_existing=True)
    )
    if found is None or found.state is not JobState.FAILED:
        return False
    found.state, found.attempts, found.run_after = JobState.WAITING, 0, now()
    found.ended_at, found.reason, found.is_cancel_asked = None, "", False
    _wake_later(found)
    return True
