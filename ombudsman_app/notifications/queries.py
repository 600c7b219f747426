"""Reading what people were told, how they want it, and what leaves the house."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from sqlalchemy import Row, Select, String, and_, func, literal, select

from ombudsman_app.accounts.models import User
from ombudsman_app.core import limits
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.web.paging import Page, page_back, page_on

from .kinds import kinds_for
from .models import Message, Notification, NotificationChoice, TextNumber
from .scope import scope
from .states import UNREACHED, Channel, MessageState

UNREAD = "unread"


def unread_part(actor: Actor) -> Select[str, int]:
    """Select (name, number) of what is unread, up to 1,001, to stand beside other counts of a menu."""
    few = scope(actor).notifications().where(Notification.read_at.is_(None))
    counted = few.with_only_columns(literal(1)).limit(limits.COUNT_STOPS_AT).subquery()
    return select(literal(UNREAD, String).label("name"), func.count().label("number")).select_from(counted)


@lru_cache(maxsize=64)
def _unread(actor: Actor) -> Select[str, int]:
    return unread_part(actor)


def unread_number(actor: Actor) -> int:
    """Count what is unread, up to 1,001. 1 statement."""
    _name, number = db.session.execute(_unread(actor)).one()
    return number


def inbox(
    actor: Actor, *, only_unread: bool, before: int | None = None, after: int | None = None
) -> Page[Notification]:
    """Return one page of the inbox, the youngest first, by keyset. 1 statement."""
    rows = scope(actor).notifications()
    if only_unread:
        rows = rows.where(Notification.read_at.is_(None))
    size = limits.PAGE_ROWS
    if after is not None:  # younger ones, on the way back
        found = db.session.scalars(
            rows.where(Notification.id > after).order_by(Notification.id).limit(size + 1)
        ).all()
        return page_back(found, size, lambda one: str(one.id))
    older = rows if before is None else rows.where(Notification.id < before)
    found = db.session.scalars(older.order_by(Notification.id.desc()).limit(size + 1)).all()
    return page_on(found, size, lambda one: str(one.id), is_first=before is None)


def own_notification(actor: Actor, notification_id: int) -> Notification | None:
    """Return a line of one's own inbox about something that one can see. 1 statement."""
    return db.session.scalar(scope(actor).notifications().where(Notification.id == notification_id))


@dataclass(frozen=True)
class Choices:
    """How a person wants to be told, beside the inbox."""

    on: frozenset[tuple[str, Channel]]  # (kind, channel)
    email: str
    has_number: bool
    came_back_at: datetime | None  # when the last mail to this person came back; None: it did not


def choices_of(actor: Actor) -> Choices:
    """Return what a person decided, the defaults filled in. 2 statements."""
    decided = db.session.execute(
        select(NotificationChoice.kind, NotificationChoice.channel, NotificationChoice.is_on).where(
            NotificationChoice.person_id == actor.user_id
        )
    ).all()
    on = {(kind.name, channel) for kind in kinds_for(actor) for channel in kind.channels}
    for kind, channel, is_on in decided:
        on = on | {(kind, channel)} if is_on else on - {(kind, channel)}
    last_mail = (
        select(Message.id)
        .where(
            Message.person_id == actor.user_id,
            Message.channel == Channel.MAIL,
            Message.state.in_([MessageState.SENT, MessageState.REFUSED]),
        )
        .order_by(Message.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    person = db.session.execute(
        select(User.email, TextNumber.person_id, Message.state, Message.ended_at)
        .outerjoin(TextNumber, TextNumber.person_id == User.id)
        .outerjoin(Message, Message.id == last_mail)
        .where(User.id == actor.user_id)
    ).one()
    came_back_at = person.ended_at if person.state is MessageState.REFUSED else None
    return Choices(frozenset(on), person.email, person.person_id is not None, came_back_at)


@dataclass(frozen=True)
class Told:
    """Somebody who is to be told: in which language, and where besides the inbox."""

    person_id: int
    language: str
    channels: frozenset[Channel]


def wishes(kind: str, people: Sequence[int], default: frozenset[Channel]) -> list[Told]:
    """Return how active people want to be told of one kind. 1 statement."""
    rows = db.session.execute(
        select(User.id, User.language, NotificationChoice.channel, NotificationChoice.is_on)
        .outerjoin(
            NotificationChoice,
            and_(NotificationChoice.person_id == User.id, NotificationChoice.kind == kind),
        )
        .where(User.id.in_(people), User.is_active)
        .order_by(User.id)
    ).all()
    wanted: dict[int, tuple[str, frozenset[Channel]]] = {}
    for person_id, language, channel, is_on in rows:
        _language, channels = wanted.get(person_id, (language, default))
        if channel is not None:
            channels = channels | {channel} if is_on else channels - {channel}
        wanted[person_id] = language, channels
    return [Told(person_id, *found) for person_id, found in wanted.items()]


@dataclass(frozen=True)
class MessageLine:
    """A message as the caretakers see it: to whom, never about which case."""

    message: Message
    to: str  # name of an account; empty: somebody who reported


@dataclass(frozen=True)
class MessagesPage:
    """A list of one state, the numbers of all, and since when the oldest one waits."""

    page: Page[MessageLine]
    counts: dict[MessageState, int]  # stop at 1,001


def messages_page(
    actor: Actor, state: MessageState, *, before: int | None = None, after: int | None = None
) -> MessagesPage:
    """Return messages of one state, the youngest first, by keyset. 2 statements."""
    rows = (
        scope(actor)
        .messages()
        .where(Message.state == state)
        .outerjoin(User, User.id == Message.person_id)
        .add_columns(User.name)
    )
    size = limits.PAGE_ROWS
    if after is not None:  # younger ones, on the way back
        found = db.session.execute(rows.where(Message.id > after).order_by(Message.id).limit(size + 1)).all()
        page = page_back(_lines(found), size, _key)
    else:
        older = rows if before is None else rows.where(Message.id < before)
        found = db.session.execute(older.order_by(Message.id.desc()).limit(size + 1)).all()
        page = page_on(_lines(found), size, _key, is_first=before is None)
    return MessagesPage(page, _counts(actor))


def _lines(rows: Sequence[Row[Message, str | None]]) -> list[MessageLine]:
    return [MessageLine(message, name or "") for message, name in rows]


def _key(line: MessageLine) -> str:
    return str(line.message.id)


def _counts(actor: Actor) -> dict[MessageState, int]:
    """Count each state up to 1,001. 1 statement."""
    rows = scope(actor).messages().subquery()
    parts = [
        select(func.count())
        .select_from(select(literal(1)).where(rows.c.state == state).limit(limits.COUNT_STOPS_AT).subquery())
        .scalar_subquery()
        .label(state.value)
        for state in MessageState
    ]
    found = db.session.execute(select(*parts)).one()._mapping
    return {state: int(found[state.value]) for state in MessageState}


def visible_message(actor: Actor, uuid: UUID) -> Message | None:
    """Return a message that this person looks after. 1 statement."""
    return db.session.scalar(scope(actor).messages().where(Message.uuid == uuid))


def unreached_number(actor: Actor) -> int:
    """Count the messages that reached nobody, for the menu; stops at 1,001. 1 statement."""
    rows = scope(actor).messages().where(Message.state.in_(UNREACHED))
    few = rows.with_only_columns(literal(1)).limit(limits.COUNT_STOPS_AT).subquery()
    return db.session.scalar(select(func.count()).select_from(few)) or 0
