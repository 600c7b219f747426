"""Telling people: rows in the transaction of what happened (DI5). The same event never tells twice."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from flask import current_app
from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from ombudsman_app.accounts.links import ASKED_LIVES
from ombudsman_app.accounts.queries import credentials_of_person, language_of
from ombudsman_app.core.clock import now
from ombudsman_app.core.config import Settings
from ombudsman_app.core.db import command, db
from ombudsman_app.core.jobs.outbox import enqueue
from ombudsman_app.core.jobs.work import Work
from ombudsman_app.core.policy import STRANGER, Actor
from ombudsman_app.notifications.addresses import mail_host
from ombudsman_app.notifications.kinds import ASKED_LINK, PASSWORD_LINK, TO_REPORTER, Kind, kind_of
from ombudsman_app.notifications.models import Message, Notification
from ombudsman_app.notifications.queries import Told, wishes
from ombudsman_app.notifications.states import LASTS, Channel, MessageState

from .ending import end_message

Facts = Mapping[str, str | int]

SEND = "notifications.send"
_LINK_LASTS = timedelta(days=1)


@command
def notify(
    kind: str,
    people: Iterable[int | None],
    *,
    key: str,
    about: int | None = None,
    label: str = "",
    facts: Facts | None = None,
    own_facts: Mapping[int, Facts] | None = None,
    actor: Actor = STRANGER,
) -> None:
    """Tell people, in their inbox and wherever else they want it; never who did it (`actor`).

    `key` names the event: telling it again does nothing. `label`: the ticket of the record `about`. `facts`
    are numbers and days, nothing about a case (PD6); `own_facts`: those that differ, by person. Whether
    somebody may know of it is asked when it is read and when it leaves (AZ9). Raises LookupError for an
    unknown kind. 1 statement where nobody is told, else ≤ 6.
    """
    known = kind_of(kind)
    if known is None:
        raise LookupError(kind)
    told = sorted({person for person in people if person is not None} - {actor.user_id})
    if not told:
        return
    common: dict[str, Any] = {
        "kind": kind,
        "record_kind": known.about,
        "record_id": about,
        "label": label,
        "made_at": now(),
    }
    said = {person: _as_text({**(facts or {}), **(own_facts or {}).get(person, {})}) for person in told}
    lines = [
        {**common, "person_id": person, "facts": said[person], "key": f"{kind}:{key}"} for person in told
    ]
    fresh = _added(Notification, lines, ["person_id", "key"], Notification.person_id)
    if fresh:
        _send_also(known, common, said, wishes(kind, sorted(fresh), known.channels), key)


def _as_text(facts: Facts) -> str:
    return json.dumps(dict(facts), sort_keys=True)


def _send_also(
    kind: Kind, common: dict[str, Any], said: Mapping[int, str], wanted: Sequence[Told], key: str
) -> None:
    """Put messages into the outbox, but none where one about the same record still waits to be tried."""
    wished = [(one, channel) for one in wanted for channel in sorted(one.channels)]
    waits = _waiting([one.person_id for one, _channel in wished], kind, common["record_id"])
    rows = [
        _row(
            {**common, "facts": said[one.person_id]},
            channel,
            f"{one.person_id}:{channel}:{kind.name}:{key}",
            lasts=kind.lasts,
            person_id=one.person_id,
            language=one.language,
        )
        for one, channel in wished
        if (one.person_id, channel) not in waits
    ]
    _keep(rows)


def _waiting(people: list[int], kind: Kind, record_id: int | None) -> set[tuple[int | None, Channel]]:
    """Find who hears of the record anyhow: it says no more than that there is news. ≤ 1 statement."""
    if not people or record_id is None:
        return set()
    found = db.session.execute(
        select(Message.person_id, Message.channel).where(
            Message.record_kind == kind.about,
            Message.record_id == record_id,
            Message.person_id.in_(people),
            Message.state == MessageState.WAITING,
            Message.attempts == 0,
            Message.doubts == 0,
        )
    )
    return {(person, channel) for person, channel in found}


@command
def settle(kind: str, about: int) -> None:
    """It is done: everybody who was told of one kind about a record has read it, and no mail about it leaves.

    What is just being handed over may still leave. 2 statements, 2 more for each message that waited.
    """
    known = kind_of(kind)
    if known is None:
        raise LookupError(kind)
    unread = update(Notification).where(
        Notification.record_kind == known.about,
        Notification.record_id == about,
        Notification.kind == kind,
        Notification.read_at.is_(None),
    )
    read = unread.values(read_at=now())
    db.session.execute(read.execution_options(synchronize_session=False))
    waiting = db.session.scalars(
        select(Message)
        .where(
            Message.record_kind == known.about,
            Message.record_id == about,
            Message.kind == kind,
            Message.state == MessageState.WAITING,
            Message.doubts == 0,
        )
        .with_for_update()
    )
    for message in waiting:
        end_message(message, "drop", "settled")


@command
def tell_reporter(
    record_kind: str, record_id: int, *, label: str, key: str, channel: Channel, language: str = ""
) -> None:
    """Write to who reported that there is news about the ticket, with a link and nothing else (PD6).

    The address is opened when the message leaves. Nothing is added while one still waits. ≤ 3 statements.
    """
    waiting = select(Message.id).where(
        Message.record_kind == record_kind,
        Message.record_id == record_id,
        Message.person_id.is_(None),
        Message.channel == channel,
        Message.state == MessageState.WAITING,
        Message.attempts == 0,
        Message.doubts == 0,
    )
    if db.session.scalar(waiting.limit(1)) is not None:
        return
    settings: Settings = current_app.extensions["settings"]
    common = {
        "kind": TO_REPORTER,
        "record_kind": record_kind,
        "record_id": record_id,
        "label": label,
        "facts": "{}",
        "made_at": now(),
    }
    name = f"{record_kind}:{record_id}:{channel}:{key}"
    _keep([_row(common, channel, name, person_id=None, language=language or settings.default_language)])


@command
def mail_password_link(person_id: int, language: str) -> bool:
    """Mail somebody the link by which a password is set; return whether this house can mail.

    The link itself is made when the mail leaves, so it stands in no table, and is good for its whole time.
    """
    settings: Settings = current_app.extensions["settings"]
    if not settings.mail_server:
        return False
    _keep_link(PASSWORD_LINK, str(uuid4()), person_id, language, _LINK_LASTS)
    return True


@command
def mail_asked_link(person_id: int, work: Work) -> None:
    """Mail the link that somebody asked for at the door; run twice, the job mails once. Raises LeaseLost."""
    work.hold()
    person = credentials_of_person(person_id)
    if person is not None and person.is_active:
        _keep_link(ASKED_LINK, str(work.job_id), person_id, language_of(person_id), ASKED_LIVES)
    work.finish()


@command
def mail_invitation(person_id: int, work: Work) -> None:
    """Mail the link that an administrator ordered; run twice, the job mails once. Raises LeaseLost."""
    work.hold()
    settings: Settings = current_app.extensions["settings"]
    person = credentials_of_person(person_id)
    if settings.mail_server and person is not None and person.is_active:
        _keep_link(PASSWORD_LINK, str(work.job_id), person_id, language_of(person_id), _LINK_LASTS)
    work.finish()


def _keep_link(kind: str, key: str, person_id: int, language: str, lasts: timedelta) -> None:
    common = {
        "kind": kind,
        "record_kind": "",
        "record_id": None,
        "label": "",
        "facts": "{}",
        "made_at": now(),
    }
    _keep([_row(common, Channel.MAIL, f"{kind}:{key}", lasts=lasts, person_id=person_id, language=language)])


def _row(
    common: dict[str, Any],
    channel: Channel,
    key: str,
    *,
    person_id: int | None,
    language: str,
    lasts: timedelta = LASTS,
) -> dict[str, Any]:
    made_at: datetime = common["made_at"]
    uuid = uuid4()
    return {
        **common,
        "uuid": uuid,
        "message_id": f"<{uuid}@{mail_host()}>",
        "key": key,
        "channel": channel,
        "person_id": person_id,
        "language": language,
        "state": MessageState.WAITING,
        "next_try_at": made_at,
        "ends_at": made_at + lasts,
    }


def _keep(rows: list[dict[str, Any]]) -> None:
    """Store messages and ask for them to be sent. 1 statement and 1 or 2 a channel."""
    if not rows:
        return
    _added(Message, rows, ["key"], Message.id)
    for channel in sorted({row["channel"] for row in rows}):
        enqueue(SEND, actor=STRANGER, arguments={"channel": channel.value}, once=channel.value)


def _added(table: type[Any], rows: list[dict[str, Any]], unique: list[str], shown: Any) -> set[int]:
    """Insert what is not there yet; return what is new, by one column. 1 statement."""
    dialect: Any = sqlite if db.engine.dialect.name == "sqlite" else postgresql
    adding = dialect.insert(table).values(rows)
    return set(db.session.scalars(adding.on_conflict_do_nothing(index_elements=unique).returning(shown)))
