"""What a message says: the same few words for all news, a number, a ticket and a link (PD6).

Rights are asked again here, when it leaves (AZ9): who may no longer know of something is told nothing.
"""

import re
from dataclasses import dataclass
from functools import cache

from flask import current_app, render_template
from flask_babel import force_locale
from flask_babel import gettext as _
from markupsafe import Markup

from ombudsman_app.accounts import links
from ombudsman_app.accounts.queries import credentials_of_person
from ombudsman_app.core.config import Settings
from ombudsman_app.core.db import db
from ombudsman_app.core.paths import TEMPLATES
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.sealing import SealBroken

from .addresses import absolute
from .carriers import Letter
from .kinds import ASKED_LINK, PASSWORD_LINK, TO_REPORTER, Reach, kind_of, record_kind
from .models import Message, TextNumber
from .numbers import as_number
from .states import Channel
from .words import sentence

_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]{1,64}@[^\s@<>,;:\"()\[\]\\]{1,189}")


class Unwritten(Exception):
    """There is nothing to send. `reason` is a code of `states.REASONS`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Words:
    """What stands in a message, in its language."""

    subject: str
    sentence: str
    label: str  # the ticket
    link: str
    link_words: str
    hint: str = ""
    why: str = ""  # why one gets it
    wishes: str = ""  # where one chooses otherwise


def letter_for(message: Message) -> Letter:
    """Write a message, read from the database just now. Raises Unwritten. ≤ 4 statements."""
    with force_locale(message.language):
        if message.kind == TO_REPORTER:
            to, words = _for_reporter(message)
        elif message.kind == PASSWORD_LINK:
            to, words = _password_link(message)
        elif message.kind == ASKED_LINK:
            to, words = _asked_link(message)
        else:
            to, words = _for_staff(message)
        return _written(message, to, words)


def _written(message: Message, to: str, words: Words) -> Letter:
    settings: Settings = current_app.extensions["settings"]
    if message.channel is Channel.TEXT:
        text = f"{settings.product_name}: {words.sentence} {words.label}".strip() + f"\n{words.link}"
        return Letter(message.uuid, message.message_id, to, message.language, words.subject, text)
    shown = {
        "words": words,
        "product": settings.product_name,
        "mail_language": message.language,
        "style": _style(),
    }
    return Letter(
        uuid=message.uuid,
        message_id=message.message_id,
        to=to,
        language=message.language,
        subject=words.subject,
        text=render_template("notifications/mail/news.txt", **shown),
        html=render_template("notifications/mail/news.html", **shown),
    )


@cache
def _style() -> Markup:
    css = (TEMPLATES / "layouts" / "mail.css").read_text(encoding="utf-8")
    return Markup(f"<style>{css}</style>")  # noqa: S704 - our own file; mail has no other place for it


def _product() -> str:
    settings: Settings = current_app.extensions["settings"]
    return settings.product_name


def _neutral_subject() -> str:
    return str(_("News from %(product)s", product=_product()))


def _for_reporter(message: Message) -> tuple[str, Words]:
    record = record_kind(message.record_kind)
    if record is None or message.record_id is None:
        raise Unwritten("not_theirs")
    try:
        reach = record.reach(message.record_id)
    except SealBroken as gone:
        raise Unwritten("no_address") from gone
    return _to(message.channel, reach or Reach()), Words(
        subject=_neutral_subject(),
        sentence=_("There is news for you under this ticket number."),
        label=message.label,
        link=absolute(record.public_endpoint),
        link_words=_("Read the news"),
        hint=_("Have your access code at hand. We never ask for it by e-mail, telephone or message."),
        why=_("You get this because you gave us this address to be reached."),
    )


def _to(channel: Channel, reach: Reach) -> str:
    to = reach.email.strip() if channel is Channel.MAIL else (as_number(reach.phone) or "")
    if channel is Channel.MAIL and not (to.isascii() and _ADDRESS.fullmatch(to)):
        raise Unwritten("no_address")
    if not to:
        raise Unwritten("no_address")
    return to


def _password_link(message: Message) -> tuple[str, Words]:
    held = credentials_of_person(message.person_id or 0)
    if held is None or not held.is_active:
        raise Unwritten("not_theirs")
    hours = int(links.LIVES.total_seconds() // 3600)
    return _to(Channel.MAIL, Reach(email=held.email)), Words(
        subject=_("Your access to %(product)s", product=_product()),
        sentence=_("With this link you set your password."),
        label="",
        link=absolute(
            "staff.accounts.first_password",
            token=links.token_for(held.user_id, held.password_hash, held.link_since),
        ),
        link_words=_("Set the password"),
        hint=_("It works once, for %(hours)s hours. Give it to nobody.", hours=hours),
        why=_("You get this because your account was opened or its password is to be changed."),
    )


def _asked_link(message: Message) -> tuple[str, Words]:
    held = credentials_of_person(message.person_id or 0)
    if held is None or not held.is_active:
        raise Unwritten("not_theirs")
    minutes = int(links.ASKED_LIVES.total_seconds() // 60)
    token = links.token_for(held.user_id, held.password_hash, held.link_since, links.ASKED_LIVES)
    return _to(Channel.MAIL, Reach(email=held.email)), Words(
        subject=_("Your access to %(product)s", product=_product()),
        sentence=_("With this link you set another password."),
        label="",
        link=absolute("staff.accounts.first_password", token=token),
        link_words=_("Set the password"),
        hint=_("It works once, for %(minutes)s minutes. Give it to nobody.", minutes=minutes),
        why=_(
            "You get this because somebody wrote this address under “Password forgotten?”. If it was not "
            "you, do nothing: your password stays as it is."
        ),
    )


def _for_staff(message: Message) -> tuple[str, Words]:
    kind, actor = kind_of(message.kind), _actor(message.person_id)
    if kind is None or actor is None or not _may_know(message, actor):
        raise Unwritten("not_theirs")
    words = Words(
        subject=_neutral_subject(),
        sentence=_("There is something new for you under this ticket number.")
        if message.label
        else sentence(message.kind, message.facts),
        label=message.label,
        link=absolute("staff.notifications.inbox"),
        link_words=_("Open your notifications"),
        why=_("You get this because of your role."),
        wishes=absolute("staff.notifications.preferences"),
    )
    return _to(message.channel, _reach_of(message)), words


def _actor(person_id: int | None) -> Actor | None:
    if person_id is None:
        return None
    found: Actor | None = current_app.extensions["actor_of"](person_id)
    return found


def _may_know(message: Message, actor: Actor) -> bool:
    """Ask the rights of this moment: the role, and the record (AZ5)."""
    kind, record = kind_of(message.kind), record_kind(message.record_kind)
    if kind is None or not kind.roles & actor.roles:
        return False
    if not message.record_kind:
        return True
    if record is None:
        return False
    visible = record.visible(actor)
    (found,) = visible.selected_columns
    return db.session.scalar(visible.where(found == message.record_id)) is not None


def _reach_of(message: Message) -> Reach:
    person_id = message.person_id or 0
    if message.channel is Channel.MAIL:
        held = credentials_of_person(person_id)
        return Reach(email=held.email if held else "")
    number = db.session.get(TextNumber, person_id)
    try:
        return Reach(phone=number.opened() if number else "")
    except SealBroken:
        return Reach()
