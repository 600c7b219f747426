"""Changing people, roles, passwords and sessions; one verb, one transaction."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, update

from ombudsman_app.core import sessions, throttle
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import PORTAL_ROLES, STRANGER, Actor, Role
from ombudsman_app.core.sealing import hmac_hex
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.directory.models import Office, RepresentativeOffice

from . import passwords, queries
from .errors import EmailTaken, LinkEnded, RoleDoesNotFitOffice
from .models import RoleGrant, User


@dataclass(frozen=True)
class NewUser:
    """What the house must know of somebody who is to sign in. `email` is normalised."""

    email: str
    name: str
    language: str = "id"


@dataclass(frozen=True)
class SignIn:
    """What was typed at the door, and where from."""

    email: str
    password: str
    address: str = ""
    browser: str = ""
    ends_session: str | None = None  # token hash of the session that this browser had before


@command
def create_user(given: NewUser, *, actor: Actor) -> User:
    """Open an account without a password and without rights. Raises EmailTaken."""
    if db.session.scalar(select(User.id).where(User.email == given.email)) is not None:
        raise EmailTaken
    user = User(email=given.email, name=given.name, language=given.language, created_at=now())
    db.session.add(user)
    db.session.flush()
    record(Event.ACCOUNTS_USER_CREATED, "user", user.id, actor=actor)
    return user


@command
def give_grant(
    user: User, role: Role, office: Office, *, actor: Actor, valid_until: date | None = None
) -> RoleGrant:
    """Let a person act in a role at an office from today on. Raises RoleDoesNotFitOffice."""
    if (role in PORTAL_ROLES) == isinstance(office, RepresentativeOffice):
        raise RoleDoesNotFitOffice
    grant = RoleGrant(
        user_id=user.id,
        role=role,
        office_id=office.id,
        valid_from=today(queries.GRANT_ZONE),
        valid_until=valid_until,
        given_at=now(),
    )
    db.session.add(grant)
    db.session.flush()
    record(
        Event.ACCOUNTS_GRANT_GIVEN,
        "user",
        user.id,
        actor=actor,
        changes={"grant": grant.id, "role": role.value, "office": office.id},
    )
    return grant


@command
def create_user_with_role(given: NewUser, role: Role, office: Office, *, actor: Actor) -> User:
    """Open an account and give its first role. Raises EmailTaken, RoleDoesNotFitOffice."""
    user = create_user(given, actor=actor)
    give_grant(user, role, office, actor=actor)
    return user


@command
def revoke_grant(grant: RoleGrant, *, actor: Actor) -> None:
    """Take a role away; it stops to act on the person's next request (AZ8)."""
    grant.revoked_at = grant.revoked_at or now()
    record(Event.ACCOUNTS_GRANT_REVOKED, "user", grant.user_id, actor=actor, changes={"grant": grant.id})


@command
def deactivate(user: User, *, actor: Actor) -> None:
    """Close an account and end its sessions (AU5). What the person did stays theirs."""
    user.is_active = False
    sessions.end_all_of(db.session(), user.id)
    record(Event.ACCOUNTS_USER_DEACTIVATED, "user", user.id, actor=actor)


def change_password(held: queries.Credentials, password: str) -> None:
    """Set a password that was found strong enough, and end the sessions of the person (AU5).

    `held` is what the person proved by a link: raises LinkEnded if the password was changed since.
    """
    _put_password(held, passwords.hashed(password))


@command
def _put_password(held: queries.Credentials, new_hash: str) -> None:
    changed = db.session.scalar(
        update(User)
        .where(
            User.id == held.user_id,
            User.is_active,
            User.password_hash.is_not_distinct_from(held.password_hash),
        )
        .values(password_hash=new_hash, password_changed_at=now(), version=User.version + 1)
        .returning(User.id)
        .execution_options(synchronize_session=False)
    )
    if changed is None:
        raise LinkEnded
    sessions.end_all_of(db.session(), held.user_id)
    record(Event.ACCOUNTS_PASSWORD_CHANGED, "user", held.user_id, actor=Actor(held.user_id, held.name))


def sign_in(given: SignIn) -> str | None:
    """Return the token of a new session, or None for whatever is wrong (AU3).

    Unknown, wrong and deactivated cost the same: one count, one look, one hash, one entry on the trail.
    Raises TooManyTries.
    """
    throttle.check("sign_in", given.email, given.address)
    found = queries.credentials_of(given.email)
    stored = found.password_hash if found is not None and found.is_active else None
    if passwords.is_right(stored, given.password) and found is not None and stored is not None:
        fresh = passwords.hashed(given.password) if passwords.needs_rehash(stored) else stored
        token = _begin_session(found, fresh, given)
        if token is not None:
            throttle.forgive("sign_in", given.email, given.address)
            return token
    _note_failure(given.email)
    return None


@command
def _begin_session(held: queries.Credentials, fresh_hash: str, given: SignIn) -> str | None:
    """Open the session if the account still stands as it was when the password was compared."""
    is_unchanged = db.session.scalar(
        update(User)
        .where(User.id == held.user_id, User.is_active, User.password_hash == held.password_hash)
        .values(password_hash=fresh_hash)
        .returning(User.id)
        .execution_options(synchronize_session=False)
    )
    if is_unchanged is None:
        return None
    if given.ends_session is not None:
        sessions.end(db.session(), given.ends_session)
    actor = queries.actor_for(held.user_id) or STRANGER
    record(Event.ACCOUNTS_SIGNED_IN, "user", held.user_id, actor=actor)
    return sessions.start(db.session(), user_id=held.user_id, browser=given.browser)


@command
def _note_failure(email: str) -> None:
    """Put a failed sign-in on the trail; the digest shows which tries belong together and names nobody."""
    digest = hmac_hex(email, purpose="sign-in-address")
    record(Event.ACCOUNTS_SIGN_IN_FAILED, "sign_in", None, actor=STRANGER, changes={"address": digest})


@command
def sign_out(token_hash: str, *, actor: Actor) -> None:
    """End one session."""
    sessions.end(db.session(), token_hash)
    record(Event.ACCOUNTS_SIGNED_OUT, "user", actor.user_id, actor=actor)
