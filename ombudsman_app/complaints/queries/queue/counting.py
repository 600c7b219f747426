"""How many there are: for the chips above the queue, the desk and the menu. A count is data (AZ5)."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlalchemy import CTE, ColumnElement, CompoundSelect, Select, String, func, literal, select, union_all

from ombudsman_app.complaints.models import Complaint
from ombudsman_app.complaints.queries.tips import waiting_tips
from ombudsman_app.complaints.scope import scope
from ombudsman_app.complaints.states import ComplaintState
from ombudsman_app.core import limits
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.documents.queries import UNPROVEN, unproven_part
from ombudsman_app.findings.queries import TIME_ASKED, time_asked_part
from ombudsman_app.notifications.queries import unread_part
from ombudsman_app.web.navigation import counted_together

from .time_asked import awaits_time

# What the office can meet today; later states follow with their pages.
COUNTED_STATES = (
    ComplaintState.RECEIVED,
    ComplaintState.FORMAL_VERIFICATION,
    ComplaintState.AWAITING_COMPLETION,
    ComplaintState.MATERIAL_VERIFICATION,
    ComplaintState.PLENARY_DECISION,
    ComplaintState.ASSIGNED,
)


@dataclass(frozen=True)
class QueueCounts:
    """How many open complaints there are, counting up to 1,001 each."""

    overdue: int
    mine: int
    mine_overdue: int
    unanswered: int
    all: int
    by_state: dict[ComplaintState, int]
    waiting_tips: int  # for the menu
    unread: int  # for the menu: what this person was told
    time_asked: int  # cases in which a pause or more time waits for this person
    finding_time_asked: int  # findings for which more time waits for this person
    unproven: int  # letters that wait too long for a proof of receipt
    others: dict[str, int]  # for the menu: numbers of other entries, by endpoint


def counts(actor: Actor, *, today: date) -> QueueCounts:
    """Count for the chips above the queue. 1 statement; each count walks its range and stops at 1,001."""
    found = {row.name: row.number for row in db.session.execute(_all_counts(actor, today))}
    return QueueCounts(
        overdue=found["overdue"],
        mine=found["mine"],
        mine_overdue=found["mine_overdue"],
        unanswered=found["unanswered"],
        all=found["all"],
        by_state={state: found[state.value] for state in COUNTED_STATES},
        waiting_tips=found["waiting_tips"],
        unread=found["unread"],
        time_asked=found["time_asked"],
        finding_time_asked=found[TIME_ASKED],
        unproven=found[UNPROVEN],
        others=_others(found),
    )


@dataclass(frozen=True)
class MenuNumbers:
    """What stands beside the entries of the menu."""

    overdue: int
    waiting_tips: int
    unread: int
    others: dict[str, int]  # by endpoint


def menu_numbers(actor: Actor, *, today: date) -> MenuNumbers:
    """Count for the menu alone; each count stops at 1,001. 1 statement."""
    found = {row.name: row.number for row in db.session.execute(_menu_counts(actor, today))}
    return MenuNumbers(found["overdue"], found["waiting_tips"], found["unread"], _others(found))


def _others(found: dict[str, int]) -> dict[str, int]:
    return {name: number for name, number in found.items() if "." in name}  # endpoints have points


@lru_cache(maxsize=64)
def _menu_counts(actor: Actor, today: date) -> CompoundSelect[str, int]:
    cases = _open_cases(actor)
    return union_all(
        _counted(cases, "overdue", cases.c.next_due_on < today),
        waiting_tips(actor),
        unread_part(actor),
        *counted_together(actor),
    )


@lru_cache(maxsize=64)
def _all_counts(actor: Actor, today: date) -> CompoundSelect[str, int]:
    """Build the statement, which costs more than running it; another right or day is another statement."""
    cases = _open_cases(actor)
    is_overdue, is_mine = cases.c.next_due_on < today, cases.c.officer_id == actor.user_id
    return union_all(
        _counted(cases, "overdue", is_overdue),
        _counted(cases, "mine", is_mine),
        _counted(cases, "mine_overdue", is_mine, is_overdue),
        _counted(cases, "unanswered", cases.c.awaits_answer.is_(True)),
        _counted(cases, "all"),
        waiting_tips(actor),
        unread_part(actor),
        unproven_part(actor, today),
        _cases_awaiting_time(actor),
        time_asked_part(actor),
        *(_counted(cases, state.value, cases.c.state == state) for state in COUNTED_STATES),
        *counted_together(actor),
    )


def _cases_awaiting_time(actor: Actor) -> Select[str, int]:
    few = awaits_time(actor).limit(limits.COUNT_STOPS_AT).subquery()
    return select(literal("time_asked", String).label("name"), func.count().label("number")).select_from(few)


def _open_cases(actor: Actor) -> CTE:
    """Name what is counted once. Not materialized: each count then walks an index of its own."""
    seen = scope(actor).complaints().where(Complaint.is_open.is_(True))
    columns = (Complaint.state, Complaint.officer_id, Complaint.next_due_on, Complaint.awaits_answer)
    return seen.with_only_columns(*columns).cte("open_case").prefix_with("NOT MATERIALIZED")


def _counted(cases: CTE, name: str, *conditions: ColumnElement[bool]) -> Select[str, int]:
    few = select(literal(1)).select_from(cases).where(*conditions).limit(limits.COUNT_STOPS_AT).subquery()
    return select(literal(name, String).label("name"), func.count().label("number")).select_from(few)
