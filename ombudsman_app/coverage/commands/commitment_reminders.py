"""Bodies are reminded of what they promised, before and after its last day, each time once."""

from datetime import date, timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload

from ombudsman_app.core.clock import today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import HEAD_OFFICE_ZONE
from ombudsman_app.coverage import meeting_notices as notices
from ombudsman_app.coverage.meeting_states import REMIND_AFTER, REMIND_BEFORE, CommitmentState
from ombudsman_app.coverage.models import Commitment

_AT_ONCE = 100
# from which day on, counted from the last day, each reminder is due; the last two say that it is late
_DAYS = (*(-one for one in REMIND_BEFORE), *REMIND_AFTER)


def remind_all() -> int:
    """Remind of whatever is due, a hundred in a transaction; return how many. Run twice it reminds once."""
    total = 0
    while number := _remind_some():
        total += number
    return total


@command
def _remind_some() -> int:
    day = today(HEAD_OFFICE_ZONE)
    rows = list(
        db.session.scalars(
            select(Commitment)
            .where(
                Commitment.state == CommitmentState.OPEN,
                Commitment.is_told.is_(True),
                Commitment.due_on <= day - timedelta(days=_DAYS[0]),
                or_(
                    *(
                        and_(Commitment.due_on <= day - timedelta(days=days), Commitment.reminded < stage)
                        for stage, days in enumerate(_DAYS, 1)
                    )
                ),
            )
            .order_by(Commitment.due_on, Commitment.id)
            .limit(_AT_ONCE)
            .options(joinedload(Commitment.meeting, innerjoin=True))
            .with_for_update(of=Commitment, skip_locked=True)
        )
    )
    for row in rows:
        row.reminded = stage_on(row.due_on, day)
        is_late = row.reminded > len(REMIND_BEFORE)
        key = f"{row.id}:{row.due_on.isoformat()}:{row.reminded}"
        notices.tell_body("overdue" if is_late else "reminder", row, row.meeting.reference, key=key)
        if is_late:
            notices.late(row, row.meeting.reference, key=key)
    return len(rows)


def stage_on(due_on: date, day: date) -> int:
    """Return how many of the reminders are due on a day."""
    return sum(due_on <= day - timedelta(days=days) for days in _DAYS)
