"""The open cases of one branch on paper, for a meeting with it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, Subquery, and_, case, exists, func, select
from sqlalchemy.orm import aliased

from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.directory.models import Office
from ombudsman_app.employers.compliance.rules import LADDER, LadderAct, Recipient
from ombudsman_app.employers.compliance.scope import case_scope
from ombudsman_app.employers.models import CaseForwarding, CaseStep, EmployerComplianceCase

from .register import CaseFilter, CaseRow, cases_page

MOST_PRINTED = 200  # a meeting does not get through more; the list says so
_CASE = EmployerComplianceCase


@dataclass(frozen=True)
class PrintedCase:
    """One row: the case as lists show it, when it was forwarded, and the newest act of the branch."""

    row: CaseRow
    sent_on: date | None
    act: LadderAct | None
    act_on: date | None


@dataclass(frozen=True)
class PrintList:
    """What is due first stands first. `has_more`: further cases are not on it."""

    branch: Office
    cases: list[PrintedCase]
    has_more: bool

    @property
    def late(self) -> int:
        return sum(one.row.is_overdue for one in self.cases)


def print_list(actor: Actor, branch_id: int, *, today: date) -> PrintList | None:
    """Return the open cases that were forwarded to a branch; None where it has none. 3 statements.

    What a case began with and notes of this house are no part of it: the branch sees the paper.
    """
    page = cases_page(actor, CaseFilter(branch=branch_id), today=today, limit=MOST_PRINTED)
    branch = db.session.get(Office, branch_id)
    if branch is None or not page.items:
        return None
    told = _told(actor, branch_id)
    cases = [PrintedCase(row, *told.get(row.id, (None, None, None))) for row in page.items]
    return PrintList(branch, cases, bool(page.next_key))


def _told(actor: Actor, branch_id: int) -> dict[int, tuple[date | None, LadderAct | None, date | None]]:
    """Return for each open case of a branch when it was forwarded, and its newest act."""
    asked = case_scope(actor).cases().where(_CASE.branch_id == branch_id, _CASE.is_open.is_(True))
    step, sent = _newest_acts(asked.with_only_columns(_CASE.id)), CaseForwarding
    rows = db.session.execute(
        asked.outerjoin(sent, and_(sent.case_id == _CASE.id, sent.recipient == Recipient.BRANCH))
        .outerjoin(step, and_(step.c.case_id == _CASE.id, step.c.place == 1))
        .with_only_columns(_CASE.id, sent.sent_on, step.c.act, step.c.dated_on)
        .order_by(_CASE.next_due_on, _CASE.id)
        .limit(MOST_PRINTED + 1)
    )
    return {row.id: (row.sent_on, row.act, row.dated_on) for row in rows}


def _newest_acts(cases: Select[int]) -> Subquery:
    """Number the acts of each case, the newest first: by its own day, then by the ladder.

    A correction is recorded later than acts that came after what it corrects, so its id says nothing.
    """
    later = aliased(CaseStep)
    rung = case({act: rule.step for act, rule in LADDER.items()}, value=CaseStep.act)
    newest_first = (CaseStep.dated_on.desc(), rung.desc(), CaseStep.id.desc())
    place = func.row_number().over(partition_by=CaseStep.case_id, order_by=newest_first)
    return (
        select(CaseStep.case_id, CaseStep.act, CaseStep.dated_on, place.label("place"))
        .where(CaseStep.case_id.in_(cases), ~exists().where(later.replaces_id == CaseStep.id))
        .subquery()
    )
