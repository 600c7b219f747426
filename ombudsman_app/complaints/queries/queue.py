"""The office's queue: overdue first, by state, by keyset."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, String, func, literal, or_, select, tuple_, union_all
from sqlalchemy.orm import joinedload

from ombudsman_app.complaints.models import NO_DUE_DAY, Complaint
from ombudsman_app.complaints.scope import scope
from ombudsman_app.complaints.states import ComplaintState
from ombudsman_app.core import clock, limits
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.directory.models import Office
from ombudsman_app.web.paging import Page, page_of


class Whose(StrEnum):
    """Whose cases, as the address says it."""

    MINE = "mine"
    NOBODYS = "nobody"


@dataclass(frozen=True)
class QueueFilter:
    """What the address asks for, already checked. All of it can be combined."""

    state: ComplaintState | None = None
    is_overdue: bool = False
    whose: Whose | None = None
    is_urgent: bool = False
    is_unanswered: bool = False  # the reporter wrote and waits for an answer
    is_ended: bool = False  # the cases that are over, instead of the open ones
    substance: str = ""
    office: str = ""  # slug of the respondent
    channel: str = ""
    words: str = ""  # a part of the ticket or registration number
    after: tuple[date, int] | None = None
    before: tuple[date, int] | None = None


def queue(actor: Actor, chosen: QueueFilter, *, today: date) -> Page[Complaint]:
    """Return one page of open complaints, the earliest due day first. 1 statement, whatever the data."""
    rows = scope(actor).complaints().where(*_conditions(actor, chosen, today))
    if chosen.after:
        rows = rows.where(tuple_(Complaint.next_due_on, Complaint.id) > chosen.after)
    found = db.session.scalars(
        rows.options(joinedload(Complaint.office), joinedload(Complaint.representative_office))
        .order_by(Complaint.next_due_on, Complaint.id)
        .limit(limits.PAGE_ROWS + 1)
    ).all()
    return page_of(found, limits.PAGE_ROWS, key_of, after=None)


def _conditions(actor: Actor, chosen: QueueFilter, today: date) -> list[ColumnElement[bool]]:
    """Say in SQL what was chosen."""
    where: list[ColumnElement[bool]] = [Complaint.is_open.is_(not chosen.is_ended)]
    if chosen.state:
        where.append(Complaint.state == chosen.state)
    if chosen.is_overdue:
        where.append(Complaint.next_due_on < today)
    if chosen.whose is not None:
        where.append(Complaint.officer_id == (actor.user_id if chosen.whose is Whose.MINE else None))
    if chosen.is_urgent:
        where.append(Complaint.urgency.is_not(None))
    if chosen.is_unanswered:
        where.append(Complaint.awaits_answer.is_(True))
    if chosen.substance:
        where.append(Complaint.substance == chosen.substance)
    if chosen.office:
        where.append(Complaint.office_id.in_(select(Office.id).where(Office.slug == chosen.office)))
    if chosen.channel:
        where.append(Complaint.channel == chosen.channel)
    if chosen.words:
        typed = chosen.words.upper()
        where.append(
            or_(
                Complaint.ticket.contains(typed, autoescape=True),
                Complaint.registration_number.contains(typed, autoescape=True),
            )
        )
    return where


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
    mine: int
    mine_overdue: int
    unanswered: int
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
    is_overdue, is_mine = Complaint.next_due_on < today, Complaint.officer_id == actor.user_id
    parts = [
        _counted(actor, "overdue", is_overdue),
        _counted(actor, "mine", is_mine),
        _counted(actor, "mine_overdue", is_mine, is_overdue),
        _counted(actor, "unanswered", Complaint.awaits_answer.is_(True)),
        _counted(actor, "all"),
        *(_counted(actor, state.value, Complaint.state == state) for state in COUNTED_STATES),
    ]
    found = {row.name: row.number for row in db.session.execute(union_all(*parts))}
    return QueueCounts(
        overdue=found["overdue"],
        mine=found["mine"],
        mine_overdue=found["mine_overdue"],
        unanswered=found["unanswered"],
        all=found["all"],
        by_state={state: found[state.value] for state in COUNTED_STATES},
    )


def overdue_number(actor: Actor, *, today: date) -> int:
    """Count the overdue complaints alone, for the menu; stops at 1,001. 1 statement."""
    found: int = db.session.execute(_counted(actor, "overdue", Complaint.next_due_on < today)).one().number
    return found


def _counted(actor: Actor, name: str, *conditions: ColumnElement[bool]) -> Select[str, int]:
    rows = scope(actor).complaints().where(Complaint.is_open, *conditions)
    few = rows.with_only_columns(Complaint.id).limit(limits.COUNT_STOPS_AT).subquery()
    return select(literal(name, String).label("name"), func.count().label("number")).select_from(few)
