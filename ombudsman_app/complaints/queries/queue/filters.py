"""What the queue can be asked for, and how it is said in SQL."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from ombudsman_app.complaints.models import Complaint
from ombudsman_app.complaints.queries.follow import as_ticket
from ombudsman_app.complaints.states import ComplaintState
from ombudsman_app.core.db import db, no_index
from ombudsman_app.core.policy import Actor
from ombudsman_app.directory import queries as directory
from ombudsman_app.directory.models import Office
from ombudsman_app.web.paging import DayKey

from .time_asked import awaits_time

_OFFICE = Office.__table__
_TICKET = re.compile(r"[A-Z]{3}-[0-9]{4}-[0-9A-Z]{8}-.")


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
    is_time_asked: bool = False  # a pause or more time waits for this person
    is_ended: bool = False  # the cases that are over, instead of the open ones
    substance: str = ""
    office: str = ""  # slug of the respondent
    words: str = ""  # a part of a number, or words of the respondent's name
    after: DayKey | None = None
    before: DayKey | None = None


def office_names(slugs: Collection[str]) -> dict[str, str]:
    """Return the short names of the offices that exist, by slug. 1 statement, none for none."""
    if not slugs:
        return {}
    found = select(_OFFICE.c.slug, _OFFICE.c.short_name).where(_OFFICE.c.slug.in_(slugs))
    return {row.slug: row.short_name for row in db.session.execute(found)}


def conditions(actor: Actor, chosen: QueueFilter, today: date) -> list[ColumnElement[bool]]:
    """Say what was chosen. The rarest of it is the range of an index; the rest is looked at on the way."""
    is_rare = chosen.is_urgent or chosen.is_unanswered or chosen.is_time_asked or bool(chosen.words)
    common: Callable[[Any], Any] = no_index if is_rare else _as_it_is
    where: list[ColumnElement[bool]] = [Complaint.is_open.is_(not chosen.is_ended)]
    if chosen.whose is Whose.MINE:
        where.append(Complaint.officer_id == actor.user_id)
    if chosen.whose is Whose.NOBODYS:
        where.append(common(Complaint.officer_id).is_(None))
    if chosen.state:
        where.append(common(Complaint.state) == chosen.state)
    if chosen.substance:
        where.append(common(Complaint.substance) == chosen.substance)
    if chosen.office:
        of_slug = select(_OFFICE.c.id).where(_OFFICE.c.slug == chosen.office)
        where.append(common(Complaint.office_id) == of_slug.scalar_subquery())
    if chosen.is_overdue:
        where.append(Complaint.next_due_on < today)
    if chosen.is_urgent:
        where.append(Complaint.urgency.is_not(None))
    if chosen.is_unanswered:
        where.append(Complaint.awaits_answer.is_(True))
    if chosen.is_time_asked:
        where.append(Complaint.id.in_(awaits_time(actor)))
    if chosen.words:
        where.append(_holds(chosen.words))
    return where


def _as_it_is(column: Any) -> Any:
    return column


def _holds(words: str) -> ColumnElement[bool]:
    """A part of the ticket or registration number, or the respondent by the beginnings of its words.

    LIKE takes no index; the index of the queue carries these columns, so that the table is not read. A whole
    ticket is looked up, as forgiving as on the page of the reporter.
    """
    ticket = as_ticket(words)
    if _TICKET.fullmatch(ticket):
        return Complaint.ticket == ticket
    typed = words.upper()
    ways = [
        Complaint.ticket.contains(typed, autoescape=True),
        Complaint.registration_number.contains(typed, autoescape=True),
    ]
    named = directory.offices_named(words)
    if named is not None:
        ways.append(Complaint.office_id.in_(named))
    return or_(*ways)
