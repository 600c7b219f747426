"""A page of the queue: overdue first, by keyset, forwards and back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, select, tuple_, union_all

from ombudsman_app.accounts.models import User
from ombudsman_app.complaints.models import NO_DUE_DAY, Complaint
from ombudsman_app.complaints.scope import scope
from ombudsman_app.complaints.states import ComplaintState
from ombudsman_app.core import clock, limits
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.directory.models import Office, RepresentativeOffice
from ombudsman_app.web.paging import Page, day_key, page_back, page_on

from .filters import QueueFilter, conditions

NO_PAUSE = date.min
# A few columns, no whole rows: 25 cases with their narratives would be half a megabyte.
_OFFICE, _HANDLING, _OFFICER = Office.__table__, RepresentativeOffice.__table__, User.__table__
_COLUMNS = (
    Complaint.id,
    Complaint.ticket,
    Complaint.registration_number,
    Complaint.state,
    Complaint.substance,
    Complaint.urgency,
    Complaint.awaits_answer,
    Complaint.received_on,
    Complaint.next_due_on,
    Complaint.next_due_paused_until,
    Complaint.officer_id,
    _OFFICE.c.slug,
    _OFFICE.c.short_name,
    _OFFICER.c.name.label("officer"),
    _HANDLING.c.time_zone,
)


@dataclass(frozen=True)
class QueueRow:
    """One line of the queue. `days_left` counts by the day of the handling office; None: no clock runs."""

    id: int
    ticket: str
    registration_number: str | None
    state: ComplaintState
    substance: str
    is_urgent: bool
    awaits_answer: bool
    received_on: date
    next_due_on: date
    office_slug: str
    office_name: str
    officer_name: str | None
    is_mine: bool
    days_left: int | None
    is_paused: bool  # the clock that is due next stands still today

    @property
    def is_overdue(self) -> bool:
        return self.days_left is not None and self.days_left < 0


def queue(actor: Actor, chosen: QueueFilter, *, today: date, limit: int = limits.PAGE_ROWS) -> Page[QueueRow]:
    """Return one page of cases, the earliest due day first. 1 statement, whatever the data.

    Ended cases, which have no day any more, come the other way round: the youngest first.
    """
    rows = _rows(db.session.execute(_page(actor, chosen, today, limit + 1)).all(), actor)
    if chosen.before is not None:
        return page_back(rows, limit, _key_of)
    return page_on(rows, limit, _key_of, is_first=chosen.after is None)


@lru_cache(maxsize=256)  # building it costs as much as running it; another right or day is another one
def _page(actor: Actor, chosen: QueueFilter, today: date, limit: int) -> Select[*tuple[Any, ...]]:
    """Select up to `limit` lines, walking the index of each office by itself, so that nothing long is sorted.

    A search walks the index alone, which holds what it reads, and then takes the few rows that it found.
    """
    offices = scope(actor).offices
    if len(offices) == 1 and not chosen.words:
        cases = _walked(scope(actor).complaints(), actor, chosen, today, limit)
    else:
        ids = union_all(*(_first_ids(actor, office, chosen, today, limit) for office in offices))
        cases = _ordered(select(Complaint).where(Complaint.id.in_(ids)), chosen).limit(limit)
    return (
        cases.with_only_columns(*_COLUMNS)
        .join(_OFFICE, _OFFICE.c.id == Complaint.office_id)
        .join(_HANDLING, _HANDLING.c.id == Complaint.representative_office_id)
        .outerjoin(_OFFICER, _OFFICER.c.id == Complaint.officer_id)
    )


def _first_ids(actor: Actor, office_id: int, chosen: QueueFilter, today: date, limit: int) -> Select[int]:
    """Select the ids with which the page of one office begins."""
    of_office = scope(actor).complaints().where(Complaint.representative_office_id == office_id)
    firsts = _walked(of_office, actor, chosen, today, limit).with_only_columns(Complaint.id).subquery()
    return select(firsts.c.id)


def _walked(
    visible: Select[Complaint], actor: Actor, chosen: QueueFilter, today: date, limit: int
) -> Select[Complaint]:
    """Walk an index from where the page begins."""
    cases = visible.where(*conditions(actor, chosen, today))
    place = tuple_(Complaint.next_due_on, Complaint.id)
    if (start := chosen.before or chosen.after) is not None:
        cases = cases.where(place < start if _is_downwards(chosen) else place > start)
    return _ordered(cases, chosen).limit(limit)


def _is_downwards(chosen: QueueFilter) -> bool:
    return chosen.is_ended is (chosen.before is None)


def _ordered(cases: Select[Complaint], chosen: QueueFilter) -> Select[Complaint]:
    if _is_downwards(chosen):
        return cases.order_by(Complaint.next_due_on.desc(), Complaint.id.desc())
    return cases.order_by(Complaint.next_due_on, Complaint.id)


def _rows(found: Sequence[Any], actor: Actor) -> list[QueueRow]:
    days = {row.time_zone: clock.today(row.time_zone) for row in found}
    return [
        QueueRow(
            id=row.id,
            ticket=row.ticket,
            registration_number=row.registration_number,
            state=row.state,
            substance=row.substance,
            is_urgent=row.urgency is not None,
            awaits_answer=row.awaits_answer,
            received_on=row.received_on,
            next_due_on=row.next_due_on,
            office_slug=row.slug,
            office_name=row.short_name,
            officer_name=row.officer,
            is_mine=row.officer_id is not None and row.officer_id == actor.user_id,
            days_left=(
                None if row.next_due_on == NO_DUE_DAY else (row.next_due_on - days[row.time_zone]).days
            ),
            is_paused=(row.next_due_paused_until or NO_PAUSE) >= days[row.time_zone],
        )
        for row in found
    ]


def _key_of(row: QueueRow) -> str:
    return day_key(row.next_due_on, row.id)
