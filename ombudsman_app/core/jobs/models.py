"""Jobs, their attempts, and which periodic work was fired when."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from ombudsman_app.core.columns import Kept, Level, about
from ombudsman_app.core.db import Base
from ombudsman_app.core.walls import OPEN


class JobState(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"  # with a reason that somebody can read
    CANCELLED = "cancelled"


LIVING = (JobState.WAITING, JobState.RUNNING)


class Job(Base):
    """One piece of work, written in the transaction that wants it (DI5). Arguments are ids alone (JQ5)."""

    __tablename__ = "job"
    __table_args__ = (
        Index("ix_job_due", "state", "run_after", "id"),
        Index("ix_job_list", "state", "id"),
        about(Level.CASE, Kept.ACCESS_LOG, portal=OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(unique=True, default=uuid4)
    kind: Mapped[str] = mapped_column(String(60))
    arguments: Mapped[str] = mapped_column(Text, default="{}")
    asked_by_id: Mapped[int | None]  # its rights are read again when it runs (AZ9); None: nobody's
    once_key: Mapped[str | None] = mapped_column(String(120), unique=True)  # while it lives: one of its kind

    state: Mapped[JobState] = mapped_column(default=JobState.WAITING)
    run_after: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    token: Mapped[int] = mapped_column(default=0)  # of the attempt that may write (JQ3)
    lease_until: Mapped[datetime | None]  # by the time of the database
    is_cancel_asked: Mapped[bool] = mapped_column(default=False, server_default=false())

    step: Mapped[str] = mapped_column(String(120), default="")  # msgid of what it does just now
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    result: Mapped[str] = mapped_column(Text, default="{}")
    reason: Mapped[str] = mapped_column(String(40), default="")  # code of `words.REASONS`

    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class JobAttempt(Base):
    """One try, for the caretakers; only its end is added later."""

    __tablename__ = "job_attempt"
    __table_args__ = about(Level.CASE, Kept.ACCESS_LOG, portal=OPEN)

    job_id: Mapped[int] = mapped_column(ForeignKey("job.id"), primary_key=True)
    token: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(String(40), default="")


class PeriodicRun(Base):
    """Periodic work of one period was fired: the row can exist once, whoever fires (JQ1)."""

    __tablename__ = "periodic_run"
    __table_args__ = about(Level.CASE, Kept.ACCESS_LOG, portal=OPEN)

    kind: Mapped[str] = mapped_column(String(60), primary_key=True)
    period: Mapped[datetime] = mapped_column(primary_key=True)  # its beginning
