"""Setting a password by a link, and changing it while signed in."""

from dataclasses import dataclass, field

from sqlalchemy import update

from ombudsman_app.accounts import passwords, queries
from ombudsman_app.accounts.errors import LinkEnded
from ombudsman_app.accounts.models import User
from ombudsman_app.core import sessions, throttle
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import RecordChanged
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record

from .signing_in import note_failed_proof


@dataclass(frozen=True)
class PasswordChange:
    """What somebody typed who is signed in; `session` is the one that goes on."""

    old: str = field(repr=False)
    new: str = field(repr=False)
    session: str
    address: str = ""


def change_password(held: queries.Credentials, password: str) -> None:
    """Set a password that was found strong enough, and end the sessions of the person (AU5).

    `held` is what the person proved by a link: raises LinkEnded if the password was changed since.
    """
    _set_password(held, passwords.hashed(password))


@command
def _set_password(held: queries.Credentials, new_hash: str) -> None:
    if not _put(held, new_hash):
        raise LinkEnded
    sessions.end_all_of(db.session(), held.user_id)
    record(Event.ACCOUNTS_PASSWORD_CHANGED, "user", held.user_id, actor=Actor(held.user_id, held.name))


def change_own_password(given: PasswordChange, *, actor: Actor) -> str | None:
    """Change the password of who knows the old one; the other sessions end (AU5).

    Return another token for this session, None if the old password is wrong. Two hashes. Raises
    TooManyTries, RecordChanged.
    """
    throttle.check("proof", str(actor.user_id), given.address)
    held = queries.credentials_of_person(actor.user_id or 0)
    is_right = passwords.is_right(held.password_hash if held else None, given.old)
    if held is None or is_right is not True:
        note_failed_proof(actor)
        return None
    token = _change(held, passwords.hashed(given.new), given.session, actor)
    throttle.forgive("proof", str(actor.user_id), given.address)
    return token


@command
def _change(held: queries.Credentials, new_hash: str, session: str, actor: Actor) -> str:
    # The old password alone is no proof of the second factor: grave acts ask for both as before (PD2).
    token = sessions.renew(db.session(), session, is_proof=False) if _put(held, new_hash) else None
    if token is None:
        raise RecordChanged
    ended = sessions.end_others_of(db.session(), held.user_id, sessions.token_hash(token))
    changes = {"sessions_ended": ended}
    record(Event.ACCOUNTS_PASSWORD_CHANGED, "user", held.user_id, actor=actor, changes=changes)
    return token


def _put(held: queries.Credentials, new_hash: str) -> bool:
    """Write the hash if the one that was read still stands."""
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
    return changed is not None
