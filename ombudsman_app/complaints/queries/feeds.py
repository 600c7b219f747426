"""What a secret calendar address opens: the due days that its owner may see at this moment (AZ5, AZ8)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from flask import current_app
from sqlalchemy import ColumnElement, Select, and_, bindparam, select
from sqlalchemy.orm import joinedload

from ombudsman_app.complaints.models import CalendarFeed, Complaint, ComplaintClock, FeedKind
from ombudsman_app.complaints.scope import scope
from ombudsman_app.complaints.states import CLOCKS
from ombudsman_app.core import limits
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.sealing import hmac_hex
from ombudsman_app.core.workflow.deadlines import working_days_before
from ombudsman_app.core.workflow.models import calendars
from ombudsman_app.directory.models import Office, RepresentativeOffice

REMINDS_BEFORE = 2  # working days of the place where the case is


@dataclass(frozen=True)
class DueClock:
    """A running clock as a calendar shows it. `uid` stays while it moves, and tells no number of ours."""

    uid: str
    ticket: str
    clock: str
    due_on: date
    remind_on: date
    changed_at: datetime
    moves: int
    is_paused: bool  # today, where the case is


@dataclass(frozen=True)
class OpenFeed:
    """An address that holds, and what it opens now."""

    id: int
    kind: FeedKind
    language: str
    last_read_at: datetime | None
    ticket: str  # of the one case it is about, empty for many
    clocks: list[DueClock]


def feed_hash(token: str) -> str:
    """Return what stands for a token in the table."""
    return hmac_hex(token, purpose="calendar-feed")


def is_personal(actor: Actor) -> ColumnElement[bool]:
    """Return the condition of a person's own calendar, whichever cases it shows."""
    return and_(CalendarFeed.user_id == actor.user_id, CalendarFeed.complaint_id.is_(None))


def is_of_reporter(complaint_id: int) -> ColumnElement[bool]:
    """Return the condition of the reporter's calendar of one complaint."""
    return and_(CalendarFeed.kind == FeedKind.REPORTER, CalendarFeed.complaint_id == complaint_id)


def _holds() -> ColumnElement[bool]:
    return and_(CalendarFeed.revoked_at.is_(None), CalendarFeed.expires_at > now())


_BY_TOKEN = select(CalendarFeed).where(
    CalendarFeed.token_hash == bindparam("hash"),
    CalendarFeed.revoked_at.is_(None),
    CalendarFeed.expires_at > bindparam("now"),
)


def open_feed(hashed: str) -> OpenFeed | None:
    """Return what a token opens now. 1 statement for what does not hold, else ≤ 5.

    None for unknown, ended and expired addresses alike, for those of an account that was deactivated, and
    of a case that its owner may not see any more. Who sees no cases any more gets an empty calendar, so
    that the old days leave the phone.
    """
    feed = db.session.scalars(_BY_TOKEN, {"hash": hashed, "now": now()}).one_or_none()
    cases = _cases_of(feed) if feed else None
    if feed is None or cases is None:
        return None
    ticket = ""
    if feed.complaint_id is not None:
        ticket = db.session.scalar(cases.with_only_columns(Complaint.ticket)) or ""
        if not ticket:
            return None
    clocks = _due(cases, is_law_only=feed.kind is FeedKind.REPORTER)
    return OpenFeed(feed.id, feed.kind, feed.language, feed.last_read_at, ticket, clocks)


def _cases_of(feed: CalendarFeed) -> Select[Complaint] | None:
    """Select the cases of an address with the rights that its owner has now; None: there is no owner."""
    if feed.user_id is None:
        return select(Complaint).where(Complaint.id == feed.complaint_id)
    find: Callable[[int], Actor | None] = current_app.extensions["actor_of"]
    actor = find(feed.user_id)
    if actor is None:
        return None
    cases = scope(actor).complaints()
    if feed.kind is FeedKind.CASE:
        return cases.where(Complaint.id == feed.complaint_id)
    return cases.where(Complaint.officer_id == feed.user_id) if feed.kind is FeedKind.MINE else cases


_OFFICE, _HANDLING = Office.__table__, RepresentativeOffice.__table__


def _due(cases: Select[Complaint], *, is_law_only: bool) -> list[DueClock]:
    """Read the running clocks of cases, the next to end first. 2 statements, 1 where nothing runs."""
    wanted = (
        cases.where(Complaint.is_open.is_(True), ComplaintClock.ended_on.is_(None))
        .join(ComplaintClock, ComplaintClock.complaint_id == Complaint.id)
        .join(_OFFICE, _OFFICE.c.id == Complaint.office_id)
        .join(_HANDLING, _HANDLING.c.id == Complaint.representative_office_id)
        .order_by(ComplaintClock.due_on, ComplaintClock.id)
        .limit(limits.CALENDAR_DAYS)
        .with_only_columns(
            ComplaintClock.id,
            ComplaintClock.clock,
            ComplaintClock.start_on,
            ComplaintClock.due_on,
            ComplaintClock.changed_at,
            ComplaintClock.moves,
            ComplaintClock.paused_from,
            ComplaintClock.paused_until,
            Complaint.ticket,
            _OFFICE.c.province_code,
            _HANDLING.c.time_zone,
        )
    )
    if is_law_only:
        wanted = wanted.where(ComplaintClock.clock.in_(sorted(CLOCKS)))
    rows = db.session.execute(wanted).all()
    if not rows:
        return []
    calendar = calendars()
    return [
        DueClock(
            uid=hmac_hex(str(row.id), purpose="calendar-uid")[:32],
            ticket=row.ticket,
            clock=row.clock,
            due_on=row.due_on,
            remind_on=working_days_before(row.due_on, REMINDS_BEFORE, calendar(row.province_code)),
            changed_at=row.changed_at or datetime.combine(row.start_on, time(), UTC),
            moves=row.moves,
            is_paused=_is_paused(row),
        )
        for row in rows
    ]


def _is_paused(row: Any) -> bool:
    return row.paused_until is not None and row.paused_from <= today(row.time_zone) <= row.paused_until


def own_feeds(actor: Actor) -> Sequence[CalendarFeed]:
    """Return the addresses of this person that hold, the personal one first. 1 statement."""
    return db.session.scalars(
        _of(actor)
        .where(_holds())
        .order_by(CalendarFeed.complaint_id.is_not(None), CalendarFeed.id)
        .options(joinedload(CalendarFeed.complaint).load_only(Complaint.id, Complaint.ticket))
    ).all()


def own_feed(actor: Actor, feed_id: int) -> CalendarFeed | None:
    """Return an address if it is this person's. 1 statement."""
    return db.session.scalar(_of(actor).where(CalendarFeed.id == feed_id))


def feed_of_case(actor: Actor, complaint_id: int) -> CalendarFeed | None:
    """Return this person's address of one case, if one holds. 1 statement."""
    return db.session.scalar(_of(actor).where(CalendarFeed.complaint_id == complaint_id, _holds()))


def reporters_feed(complaint_id: int) -> CalendarFeed | None:
    """Return the reporter's address of a complaint, if one holds. 1 statement."""
    return db.session.scalar(select(CalendarFeed).where(is_of_reporter(complaint_id), _holds()))


def _of(actor: Actor) -> Select[CalendarFeed]:
    return select(CalendarFeed).where(CalendarFeed.user_id == actor.user_id)
