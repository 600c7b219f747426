"""Inviting people by mail, and giving them a way in again (AU8, AU9). The mail itself is a job's."""

from dataclasses import dataclass
from datetime import date

from ombudsman_app.accounts.errors import AccountClosed, AccountNotWaiting
from ombudsman_app.accounts.models import User
from ombudsman_app.core import sessions
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.jobs.outbox import enqueue
from ombudsman_app.core.policy import Actor, Role
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.directory.models import Office

from .factor import reset_second_factor
from .people import NewUser, create_user, give_grant

MAIL_INVITATION = "accounts.mail_invitation"  # a job that those answer who mail


@dataclass(frozen=True)
class Invitation:
    """Who is to come in, and as what."""

    person: NewUser
    role: Role
    office: Office
    valid_until: date | None = None


@dataclass(frozen=True)
class Reset:
    """What a person gets anew, and why."""

    password: bool
    phone: bool
    reason: str


@command
def invite(given: Invitation, *, actor: Actor) -> User:
    """Open an account with one role and mail its one-time link. Raises EmailTaken, RoleDoesNotFitOffice."""
    user = create_user(given.person, actor=actor)
    give_grant(user, given.role, given.office, actor=actor, valid_until=given.valid_until)
    _order_link(user, actor)
    return user


@command
def send_link_again(user: User, *, actor: Actor) -> None:
    """Mail another link to who has no password yet; the one before is dead. Raises AccountNotWaiting."""
    db.session.refresh(user, with_for_update=True)
    if not user.is_active or user.password_hash is not None:
        raise AccountNotWaiting
    _order_link(user, actor)


@command
def reset(user: User, given: Reset, *, actor: Actor) -> None:
    """Take password, phone or both from an account, end its sessions, and mail a link for the password.

    Raises AccountClosed.
    """
    db.session.refresh(user, with_for_update=True)
    if not user.is_active:
        raise AccountClosed
    if given.phone:
        reset_second_factor(user, actor=actor, reason=given.reason)
    if given.password:
        user.password_hash = None
        sessions.end_all_of(db.session(), user.id)
        record(Event.ACCOUNTS_PASSWORD_RESET, "user", user.id, actor=actor, reason=given.reason)
        _order_link(user, actor)


def _order_link(user: User, actor: Actor) -> None:
    user.link_since = now()
    record(Event.ACCOUNTS_LINK_ORDERED, "user", user.id, actor=actor)
    enqueue(MAIL_INVITATION, actor=actor, arguments={"person_id": user.id})
