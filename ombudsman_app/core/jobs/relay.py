"""What must happen though nobody asks: lost jobs found again, periodic work fired once, sleepers woken."""

from datetime import UTC, datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from ombudsman_app.core.clock import now
from ombudsman_app.core.config import Settings
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
        if (period := period_of(work)) is not None
        and ((before := last.get(work.kind)) is None or before < period)
    )


def period_of(work: Periodic) -> datetime | None:
    """Return the beginning of the period in which we are; None: this house does not want that work."""
    settings: Settings = current_app.extensions["settings"]
    shift = work.begins(settings)
    if shift is None:
        return None
    seconds, late = int(work.every.total_seconds()), int(shift.total_seconds())
    return datetime.fromtimestamp((int(now().timestamp()) - late) // seconds * seconds + late, UTC)


@command
def fire(work: Periodic) -> bool:
    """Enqueue periodic work unless somebody did so for this period; both stand in one transaction."""
    dialect: Any = sqlite if db.engine.dialect.name == "sqlite" else postgresql
    period = period_of(work)
    if period is None:
        return False
    firing = dialect.insert(PeriodicRun).values(kind=work.kind, period=period)
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
