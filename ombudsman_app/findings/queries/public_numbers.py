"""How an office answers findings, in numbers for everybody. Nothing of what was found, no date, no origin."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, exists, func, or_, select

from ombudsman_app.core.db import db
from ombudsman_app.findings.models import Finding, FindingEntry
from ombudsman_app.findings.states import WAITING, FindingState


@dataclass(frozen=True)
class OfficeNumbers:
    """Findings sent to one office. Each is in time, late, or still has time: `sent` is their sum."""

    sent: int
    in_time: int
    late: int
    done: int


def office_numbers(office_id: int, *, today: date) -> OfficeNumbers:
    """Count the findings that were sent to an office. 1 statement.

    Late: an answer to it ever came after its last day, or it waits for one after that day. In time: answered,
    and not late. `today` is the day that has ended nowhere yet in Indonesia.
    """
    of_finding = FindingEntry.finding_id == Finding.id
    answered = exists().where(of_finding, FindingEntry.kind == "response")
    answered_late = answered.where(FindingEntry.days_late > 0)
    is_late = or_(answered_late, and_(Finding.state.in_(WAITING), Finding.next_due_on < today))
    row = db.session.execute(
        select(
            func.count(),
            func.count().filter(answered, ~is_late),
            func.count().filter(is_late),
            func.count().filter(Finding.state == FindingState.DONE),
        ).where(Finding.office_id == office_id, Finding.state != FindingState.DRAFT)
    ).one()
    return OfficeNumbers(*row)
