"""How news, messages and choices look in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from ombudsman_app.core.policy import Actor

from .forms import field_name
from .kinds import ASKED_LINK, PASSWORD_LINK, TO_REPORTER, kind_of, kinds_for, record_kind
from .models import Notification
from .queries import MessageLine
from .states import REASONS, Channel, MessageState
from .words import sentence


@dataclass(frozen=True)
class InboxLine:
    """A line of the inbox."""

    id: int
    title: str
    label: str  # the ticket; empty where it is about no record
    made_at: datetime
    is_unread: bool


def inbox_line(notification: Notification) -> InboxLine:
    """Put a notification into words."""
    return InboxLine(
        id=notification.id,
        title=sentence(notification.kind, notification.facts),
        label=notification.label,
        made_at=notification.made_at,
        is_unread=notification.read_at is None,
    )


def address_of(notification: Notification) -> str:
    """Return where a notification leads."""
    kind = kind_of(notification.kind)
    about = record_kind(notification.record_kind)
    if about is not None and notification.record_id is not None:
        place = about.place(notification.record_id) if about.place else None
        if place is not None:
            return _url(place.endpoint, place.values)
        return _url(about.endpoint, {about.value: notification.record_id})
    if kind is not None and kind.endpoint:
        return _url(kind.endpoint, kind.values)
    return url_for("staff.notifications.inbox")


def _url(endpoint: str, values: Mapping[str, Any]) -> str:
    return url_for(endpoint, **values)


_STATE_TONES = {
    MessageState.WAITING: "neutral",
    MessageState.SENT: "success",
    MessageState.KEPT: "info",
    MessageState.REFUSED: "danger",
    MessageState.GIVEN_UP: "danger",
    MessageState.DROPPED: "neutral",
}


def state_word(state: MessageState) -> str:
    """Return the word of a state."""
    words = {
        MessageState.WAITING: _("Waits"),
        MessageState.SENT: _("Handed over"),
        MessageState.KEPT: _("Kept here"),
        MessageState.REFUSED: _("Came back"),
        MessageState.GIVEN_UP: _("Given up"),
        MessageState.DROPPED: _("Not needed any more"),
    }
    return str(words[state])


def channel_word(channel: Channel) -> str:
    """Return the word of a channel."""
    return str({Channel.MAIL: _("E-mail"), Channel.TEXT: _("Text message")}[channel])


@dataclass(frozen=True)
class MessageRow:
    """A line of the caretakers' list."""

    uuid: str
    title: str
    to: str
    channel: str
    word: str
    tone: str
    reason: str
    reply: str
    attempts: int
    made_at: datetime
    next_try_at: datetime | None
    ended_at: datetime | None
    can_go_again: bool


def message_row(line: MessageLine) -> MessageRow:
    """Put a message into a line."""
    one = line.message
    return MessageRow(
        uuid=str(one.uuid),
        title=message_title(one.kind),
        to=line.to or _("somebody who reported"),
        channel=channel_word(one.channel),
        word=state_word(one.state),
        tone=_STATE_TONES[one.state],
        reason=_(REASONS[one.reason]) if one.reason in REASONS else "",
        reply=one.reply,
        attempts=one.attempts,
        made_at=one.made_at,
        next_try_at=one.next_try_at if one.state is MessageState.WAITING else None,
        ended_at=one.ended_at,
        can_go_again=one.state in (MessageState.KEPT, MessageState.REFUSED, MessageState.GIVEN_UP),
    )


def message_title(kind: str) -> str:
    """Say what kind of message it is."""
    own = {
        TO_REPORTER: _("News for who reported"),
        PASSWORD_LINK: _("Link for a password"),
        ASKED_LINK: _("Link for a forgotten password"),
    }
    if kind in own:
        return str(own[kind])
    known = kind_of(kind)
    return _(known.label) if known else kind


@dataclass(frozen=True)
class KindLine:
    """A kind with its boxes in the preferences."""

    label: str
    mail: str  # names of the fields
    text: str


def kind_lines(actor: Actor) -> list[KindLine]:
    """Return the kinds that this person is told, in words."""
    return [
        KindLine(_(kind.label), field_name(Channel.MAIL, kind.name), field_name(Channel.TEXT, kind.name))
        for kind in kinds_for(actor)
    ]
