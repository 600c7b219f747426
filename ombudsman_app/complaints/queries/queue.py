"""The office's queue: overdue first, by state, by keyset."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, String, func, literal, select, tuple_, union_all
from sqlalchemy.orm import joinedload

from ombudsman_app.complaints.models import NO_DUE_DAY, Complaint
from ombudsman_app.complaints.scope import scope
from ombudsman_app.complaints.states import ComplaintState
from ombudsman_app.core import clock, limits
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.web.paging import Page, page_of


@dataclass(frozen=True)
class QueueFilter:
    """What the address asks for, already checked."""

    state: ComplaintState | None = None
    is_overdue: bool = False
    words: str = ""  # a part of the ticket number
    after: tuple[date, int] | None = None


def queue(actor: Actor, chosen: QueueFilter, *, today: date) -> Page[Complaint]:
    """Return one page of open complaints, the earliest due day first. 1 statement, whatever the data."""
    rows = scope(actor).complaints().where(Complaint.is_open)
    if chosen.state:
        rows = rows.where(Complaint.state == chosen.state)
    if chosen.is_overdue:
        rows = rows.where(Complaint.next_due_on < today)
    if chosen.words:
        rows = rows.where(Complaint.ticket.contains(chosen.words.upper(), autoescape=True))
    if chosen.after:
        rows = rows.where(tuple_(Complaint.next_due_on, Complaint.id) > chosen.after)
    found = db.session.scalars(
        rows.options(joinedload(Complaint.office), joinedload(Complaint.representative_office))
        .order_by(Complaint.next_due_on, Complaint.id)
        .limit(limits.PAGE_ROWS + 1)
    ).all()
    return page_of(found, limits.PAGE_ROWS, key_of, after=None)


@dataclass(frozen=True)
class QueueRow:
    """One line of the queue: the case and how far its next day is, by the day of its own office."""

    case: Complaint
    days_left: int | None  # None: no clock runs

    @property
    def is_overdue(self) -> bool:
        return self.days_left is not None and self.days_left < 0


def queue_rows(cases: Sequence[Complaint]) -> list[QueueRow]:
    """Say for each case how far its next day is."""
    return [
        QueueRow(
            case,
            None
            if case.next_due_on == NO_DUE_DAY
            else (case.next_due_on - clock.today(case.representative_office.time_zone)).days,
        )
        for case in cases
    ]


def key_of(complaint: Complaint) -> str:
    """Return the key behind which the next page begins: 2026-12-04.17."""
    return f"{complaint.next_due_on.isoformat()}.{complaint.id}"


def read_key(text: str) -> tuple[date, int] | None:
    """Read a key from the address; what is no key begins at the start (IN4)."""
    day, _, number = text.partition(".")
    try:
        if number.isascii() and number.isdigit() and len(number) <= limits.ID_DIGITS:
            return date.fromisoformat(day), int(number)
    except ValueError:
        pass
    return None


@dataclass(frozen=True)
class QueueCounts:
    """How many open complaints there are, counting up to 1,001 each."""

    overdue: int
    all: int
    by_state: dict[ComplaintState, int]


# What the office can meet today; later states follow with their pages.
COUNTED_STATES = (
    ComplaintState.RECEIVED,
    ComplaintState.FORMAL_VERIFICATION,
    ComplaintState.AWAITING_COMPLETION,
    ComplaintState.MATERIAL_VERIFICATION,
    ComplaintState.PLENARY_DECISION,
    ComplaintState.ASSIGNED,
)


def counts(actor: Actor, *, today: date) -> QueueCounts:
    """Count for the chips above the queue. 1 statement; each count stops at 1,001."""
    parts = [_counted(actor, "overdue", Complaint.next_due_on < today), _counted(actor, "all", None)]
    parts += [_counted(actor, state.value, Complaint.state == state) for state in COUNTED_STATES]
    found = {row.name: row.number for row in db.session.execute(union_all(*parts))}
    return QueueCounts(
        overdue=found["overdue"],
        all=found["all"],
        by_state={state: found[state.value] for state in COUNTED_STATES},
    )


def _counted(actor: Actor, name: str, condition: ColumnElement[bool] | None) -> Select[str, int]:
    rows = scope(actor).complaints().where(Complaint.is_open)
    if condition is not None:
        rows = rows.where(condition)
    few = rows.with_only_columns(Complaint.id).limit(limits.COUNT_STOPS_AT).subquery()
    return select(literal(name, String).label("name"), func.count().label("number")).select_from(few)
