"""Secret calendar addresses: make one, which ends the one before, and end one (AU6)."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.exc import SQLAlchemyError

from ombudsman_app.accounts.models import User
from ombudsman_app.complaints.models import CalendarFeed, Complaint, FeedKind
from ombudsman_app.complaints.queries.feeds import feed_hash, is_of_reporter, is_personal
from ombudsman_app.core.clock import now
from ombudsman_app.core.config import Settings
from ombudsman_app.core.db import command, db, write_aside
from ombudsman_app.core.logs import logger
from ombudsman_app.core.policy import STRANGER, Actor
from ombudsman_app.core.sealing import random_token
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record

TOUCH_EVERY = timedelta(days=1)
_ENDED_ARE_KEPT = timedelta(days=30)  # so that the page can still say when it was


@dataclass(frozen=True)
class NewFeed:
    """An address that was just made; its token is kept nowhere else."""

    id: int
    token: str = field(repr=False)


@command
def make_own_feed(kind: FeedKind, *, language: str, actor: Actor) -> NewFeed:
    """Make the address of a person's own calendar; the one before ends. 8 statements."""
    db.session.execute(select(User.id).where(User.id == actor.user_id).with_for_update(key_share=True))
    made = CalendarFeed(kind=kind, user_id=actor.user_id, language=language)
    return _make(made, instead_of=is_personal(actor), actor=actor)


@command
def make_case_feed(case: Complaint, *, language: str, actor: Actor) -> NewFeed:
    """Make a person's address for one case that this person sees; the one before ends. 8 statements."""
    db.session.execute(select(User.id).where(User.id == actor.user_id).with_for_update(key_share=True))
    made = CalendarFeed(kind=FeedKind.CASE, user_id=actor.user_id, complaint_id=case.id, language=language)
    is_same = (CalendarFeed.user_id == actor.user_id) & (CalendarFeed.complaint_id == case.id)
    return _make(made, instead_of=is_same, actor=actor)


@command
def make_reporters_feed(case: Complaint, *, language: str) -> NewFeed:
    """Make the address for whoever holds ticket and code; the one before ends. 8 statements."""
    db.session.execute(select(Complaint.id).where(Complaint.id == case.id).with_for_update(key_share=True))
    made = CalendarFeed(kind=FeedKind.REPORTER, complaint_id=case.id, language=language)
    return _make(made, instead_of=is_of_reporter(case.id), actor=STRANGER)


@command
def end_feed(feed: CalendarFeed, *, actor: Actor) -> None:
    """Let an address open nothing any more. Ended twice it has ended once."""
    _end(CalendarFeed.id == feed.id, at=now(), actor=actor)


@command
def end_reporters_feed(case: Complaint) -> None:
    """End the address of whoever holds ticket and code."""
    _end(is_of_reporter(case.id), at=now(), actor=STRANGER)


def _make(feed: CalendarFeed, *, instead_of: ColumnElement[bool], actor: Actor) -> NewFeed:
    token, instant = random_token(), now()
    settings: Settings = current_app.extensions["settings"]
    _sweep(instant)
    _end(instead_of, at=instant, actor=actor)
    feed.token_hash, feed.made_at = feed_hash(token), instant
    feed.expires_at = instant + timedelta(days=settings.feed_days)
    db.session.add(feed)
    db.session.flush()
    changes = {"kind": feed.kind.value, "complaint": feed.complaint_id, "until": str(feed.expires_at.date())}
    record(Event.COMPLAINTS_FEED_MADE, "calendar_feed", feed.id, actor=actor, changes=changes)
    return NewFeed(feed.id, token)


def _end(which: ColumnElement[bool], *, at: datetime, actor: Actor) -> None:
    ended = db.session.scalars(
        update(CalendarFeed)
        .where(which, CalendarFeed.revoked_at.is_(None))
        .values(revoked_at=at)
        .returning(CalendarFeed.id)
        .execution_options(synchronize_session=False)
    ).all()
    for feed_id in ended:
        record(Event.COMPLAINTS_FEED_ENDED, "calendar_feed", feed_id, actor=actor)


def _sweep(instant: datetime) -> None:
    long_ago = instant - _ENDED_ARE_KEPT
    is_over = or_(CalendarFeed.revoked_at < long_ago, CalendarFeed.expires_at < long_ago)
    db.session.execute(delete(CalendarFeed).where(is_over).execution_options(synchronize_session=False))


def note_feed_read(feed_id: int, last_read_at: datetime | None) -> None:
    """Note once a day that an address was read, beside the reading request. 0 or 1 statement."""
    instant = now()
    if last_read_at is not None and instant - last_read_at < TOUCH_EVERY:
        return
    db.release()
    try:
        with write_aside() as aside:
            aside.execute(update(CalendarFeed).where(CalendarFeed.id == feed_id).values(last_read_at=instant))
    except SQLAlchemyError as failed:
        logger.warning("calendar not noted as read", exc_info=failed)  # not worth the file that is ready
