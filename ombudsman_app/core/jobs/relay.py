"""What must happen though nobody asks: lost jobs found again, periodic work fired once, sleepers woken."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.faults import crash_point
from ombudsman_app.core.policy import STRANGER

from .claiming import sweep_leases
from .models import Job, JobState, PeriodicRun
from .outbox import enqueue
from .registry import Periodic, periodic_work
from .waking import wake

EVERY_SECONDS = 30.0  # JQ1
_KEPT = timedelta(days=400)
_WOKEN_AT_ONCE = 500


def look_after() -> None:
    """One round of all three."""
    while sweep_leases():
        pass
    fire_what_is_due()
    wake_sleepers()


def fire_what_is_due() -> int:
    """Enqueue periodic work whose period has begun; return how much. 1 statement when there is none."""
    last = dict(
        db.session.execute(
            select(PeriodicRun.kind, func.max(PeriodicRun.period)).group_by(PeriodicRun.kind)
        ).all()
    )
    db.session.rollback()
    return sum(
        fire(work)
        for work in periodic_work()
        if (before := last.get(work.kind)) is None or before < period_of(work.every)
    )


def period_of(every: timedelta) -> datetime:
    """Return the beginning of the period in which we are, counted from the epoch."""
    seconds = int(every.total_seconds())
    return datetime.fromtimestamp(int(now().timestamp()) // seconds * seconds, UTC)


@command
def fire(work: Periodic) -> bool:
    """Enqueue periodic work unless somebody did so for this period; both stand in one transaction."""
    dialect: Any = sqlite if db.engine.dialect.name == "sqlite" else postgresql
    firing = dialect.insert(PeriodicRun).values(kind=work.kind, period=period_of(work.every))
    if db.session.scalar(firing.on_conflict_do_nothing().returning(PeriodicRun.kind)) is None:
        return False
    crash_point("jobs.periodic.fired")
    old = (PeriodicRun.kind == work.kind) & (PeriodicRun.period < now() - _KEPT)
    db.session.execute(delete(PeriodicRun).where(old).execution_options(synchronize_session=False))
    enqueue(work.kind, actor=STRANGER, once="periodic")
    return True


def wake_sleepers() -> int:
    """Nudge for jobs that are due and that nobody has taken; return for how many."""
    due = select(Job.uuid, Job.token).where(Job.state == JobState.WAITING, Job.run_after <= now())
    found = db.session.execute(due.order_by(Job.run_after, Job.id).limit(_WOKEN_AT_ONCE)).all()
    db.session.rollback()
    for uuid, token in found:
        wake(uuid, token)
    return len(found)
