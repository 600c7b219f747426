"""An office is reminded shortly before its time ends and when it is over; so is who makes audits final."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ombudsman_app.audits import draft_notices as notices
from ombudsman_app.audits.answer_time import REMIND_BEFORE
from ombudsman_app.audits.models import Audit
from ombudsman_app.audits.states import AuditState
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.workflow.deadlines import working_days_before
from ombudsman_app.core.workflow.models import calendars

_AHEAD = timedelta(days=30)  # no run of days off is longer: who has more time is not looked at
_AT_ONCE = 200


def remind_offices() -> int:
    """Tell of each time that ends soon or is over, once each; return of how many. Runs twice."""
    after, told = 0, 0
    while batch := _remind_after(after):
        after, number = batch
        told += number
    return told


@command
def _remind_after(after: int) -> tuple[int, int] | None:
    found = (
        select(Audit)
        .where(
            Audit.id > after,
            Audit.state == AuditState.DRAFT_SENT,
            Audit.answered_on.is_(None),
            Audit.answer_due_on <= now().date() + _AHEAD,
        )
        .options(
            joinedload(Audit.office, innerjoin=True), joinedload(Audit.representative_office, innerjoin=True)
        )
        .order_by(Audit.id)
        .limit(_AT_ONCE)
    )
    rows = db.session.scalars(found).all()
    if not rows:
        return None
    calendar, told = calendars(), 0
    for audit in rows:
        day, due = today(audit.representative_office.time_zone), audit.answer_due_on
        if due is None:
            continue
        if day > due:
            notices.time_over(audit)
            told += 1
        elif day >= working_days_before(due, REMIND_BEFORE, calendar(audit.office.province_code)):
            notices.time_soon(audit, due)
            told += 1
    return rows[-1].id, told
