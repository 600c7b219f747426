"""Messages on their way out: tried until they are taken, refused for good, or of no use any more (DI5, FB2).

Each step is a short transaction of its own, and none is open while we talk with somebody else's machine. Of
two who send at once only one may write (`work.hold`, JQ3).
"""

import secrets
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from flask import current_app
from sqlalchemy import and_, func, select, update

from ombudsman_app.core.clock import monotonic, now
from ombudsman_app.core.config import Settings
from ombudsman_app.core.db import command, db
from ombudsman_app.core.faults import crash_point
from ombudsman_app.core.jobs.errors import LeaseLost
from ombudsman_app.core.jobs.outbox import enqueue
from ombudsman_app.core.jobs.words import N_
from ombudsman_app.core.jobs.work import Work
from ombudsman_app.core.logs import logger
from ombudsman_app.core.policy import STRANGER, Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.notifications.carriers import Away, Carrier, Letter, NotCarried, Refused, Silent
from ombudsman_app.notifications.gateway import TextGateway
from ombudsman_app.notifications.letters import Unwritten, letter_for
from ombudsman_app.notifications.models import Message
from ombudsman_app.notifications.smtp import MailServer
from ombudsman_app.notifications.states import LASTS, MESSAGE, MOST_DOUBTS, Channel, MessageState, pause_after

from .ending import end_message
from .telling import SEND

_AT_ONCE_SECONDS = 120.0  # then another attempt goes on, so that none is ended for taking too long
_SWEPT_AT_ONCE = 200


def carrier_for(channel: Channel) -> Carrier | None:
    """Return who carries this channel; None where nothing is set up: then messages are kept and shown."""
    settings: Settings = current_app.extensions["settings"]
    if channel is Channel.MAIL:
        return MailServer(settings) if settings.mail_server else None
    return TextGateway(settings) if settings.text_gateway else None


def send_due(channel: Channel, work: Work) -> None:
    """Send what is due on a channel, the longest waiting first; ask for another round when there is more."""
    give_up_late(channel)
    began, carrier = monotonic(), carrier_for(channel)
    if carrier is None:
        while (due := _next_due(channel)) is not None:
            _end(due, "keep", "not_set_up", work)
    else:
        with carrier:
            number = 0
            while monotonic() - began < _AT_ONCE_SECONDS and (due := _next_due(channel)) is not None:
                work.progress(N_("Sending messages"), number)
                number += 1
                if not _send(due, carrier, work):
                    break
    _end_round(channel, work)


@dataclass(frozen=True)
class _Due:
    """A message that is to be tried now, and how it stood when it was read."""

    id: int
    attempts: int
    doubts: int


def _next_due(channel: Channel) -> _Due | None:
    found = db.session.execute(
        select(Message.id, Message.attempts, Message.doubts)
        .where(
            Message.state == MessageState.WAITING, Message.channel == channel, Message.next_try_at <= now()
        )
        .order_by(Message.next_try_at, Message.id)
        .limit(1)
    ).first()
    db.release()
    return _Due(*found) if found else None


def _send(due: _Due, carrier: Carrier, work: Work) -> bool:
    """Try one message; return whether the others may be tried too."""
    if due.doubts >= MOST_DOUBTS:
        _end(due, "give_up", "in_doubt", work)
        return True
    try:
        letter = _written(due)
    except Unwritten as nothing:
        _end(due, "refuse" if nothing.reason == "no_address" else "drop", nothing.reason, work)
        return True
    try:
        carrier.carry(letter, lambda: _doubt(due, work))
    except Refused as refused:
        _end(due, "refuse", refused.reason, work, refused.reply)
    except Silent as silent:
        _postpone(due, silent, work, doubts=due.doubts + 1)
    except Away as away:
        _postpone_all(due, away, work)
        return False
    except NotCarried as busy:
        _postpone(due, busy, work, doubts=due.doubts)
    else:
        _end(due, "hand_over", "", work)
    return True


def _written(due: _Due) -> Letter:
    message = db.session.scalars(select(Message).where(Message.id == due.id)).one()
    try:
        return replace(letter_for(message), was_in_doubt=due.doubts > 0)
    finally:
        db.release()


@command
def _doubt(due: _Due, work: Work) -> None:
    """Write down that the end of the text is about to be sent; without that it is not. Raises LeaseLost."""
    work.hold()
    changed = db.session.execute(
        update(Message)
        .where(Message.id == due.id, Message.state == MessageState.WAITING, Message.doubts == due.doubts)
        .values(doubts=due.doubts + 1)
        .returning(Message.id)
        .execution_options(synchronize_session=False)
    ).first()
    if changed is None:
        raise LeaseLost


@command
def _end(due: _Due, move: str, reason: str, work: Work, reply: str = "") -> None:
    """Write down how a message ended. Raises LeaseLost."""
    work.hold()
    held = _held(due.id)
    if held.state is not MessageState.WAITING:
        return  # a report of failure was faster
    end_message(held, move, reason, reply)


def _held(message_id: int) -> Message:
    return db.session.scalars(
        select(Message)
        .where(Message.id == message_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def _later(attempts: int) -> timedelta:
    """Return the pause before the next try, with a fifth of chance on top: not everybody at once (FB2)."""
    pause = pause_after(attempts)
    return pause + timedelta(seconds=secrets.randbelow(int(pause.total_seconds()) // 5 + 1))


@command
def _postpone(due: _Due, why: NotCarried, work: Work, *, doubts: int) -> None:
    """Try this message again later. An answer of the server, whichever, ends the doubt of this try."""
    work.hold()
    values = _next_try(due.attempts + 1, why)
    db.session.execute(
        update(Message)
        .where(Message.id == due.id, Message.state == MessageState.WAITING)
        .values(**values, attempts=due.attempts + 1, doubts=doubts)
        .execution_options(synchronize_session=False)
    )
    crash_point("notifications.postponed")


@command
def _postpone_all(due: _Due, why: NotCarried, work: Work) -> None:
    """Nobody is there: whatever is due on this channel waits, not only the one that was tried."""
    work.hold()
    values = _next_try(due.attempts + 1, why)
    channel = select(Message.channel).where(Message.id == due.id).scalar_subquery()
    waiting = (Message.state == MessageState.WAITING) & (Message.next_try_at <= now())
    db.session.execute(
        update(Message)
        .where(waiting, Message.channel == channel)
        .values(**values, attempts=Message.attempts + 1)
        .execution_options(synchronize_session=False)
    )
    logger.warning("messages cannot leave", code=why.reason)


def _next_try(attempts: int, why: NotCarried) -> dict[str, Any]:
    return {"next_try_at": now() + _later(attempts), "reason": why.reason, "reply": why.reply}


@command
def _end_round(channel: Channel, work: Work) -> None:
    """End this job and ask for the next one, when the next message is due."""
    work.finish()
    first = db.session.scalar(
        select(func.min(Message.next_try_at)).where(
            Message.state == MessageState.WAITING, Message.channel == channel
        )
    )
    if first is not None:
        ask_to_send(channel, first)


def ask_to_send(channel: Channel, at: Any = None) -> None:
    """Ask for a round of sending, inside a command."""
    enqueue(SEND, actor=STRANGER, arguments={"channel": channel.value}, run_after=at, once=channel.value)


@command
def give_up_late(channel: Channel) -> int:
    """End what was tried for too long; return how many. Where nothing could send it, it is kept."""
    is_late = and_(Message.state == MessageState.WAITING, Message.ends_at < now())
    late = select(Message).where(is_late, Message.channel == channel)
    is_set_up = carrier_for(channel) is not None
    found = db.session.scalars(
        late.order_by(Message.id)
        .limit(_SWEPT_AT_ONCE)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    ).all()
    for held in found:
        if is_set_up:
            end_message(held, "give_up", held.reason or "over")
        else:
            end_message(held, "keep", "not_set_up")
    return len(found)


@command
def look_for_due() -> None:
    """Ask again for channels on which something is due: whoever sent may be dead."""
    due = select(Message.channel).where(Message.state == MessageState.WAITING, Message.next_try_at <= now())
    for channel in db.session.scalars(due.distinct()).all():
        ask_to_send(channel)


@command
def send_again(message: Message, *, actor: Actor) -> None:
    """Try once more, for days, what was kept, came back or was given up. Raises MoveNotAllowed."""
    held = _held(message.id)
    held.state = MESSAGE.after(held.state, "send_again")
    held.attempts, held.doubts, held.reason, held.reply = 0, 0, "", ""
    held.next_try_at, held.ends_at, held.ended_at = now(), now() + LASTS, None
    record(Event.NOTIFICATIONS_SENT_AGAIN, "message", held.id, actor=actor, changes={"kind": held.kind})
    ask_to_send(held.channel)
