"""Coming in, showing once more who one is, and leaving."""

from dataclasses import dataclass, field

from ombudsman_app.accounts import queries
from ombudsman_app.core import sessions, throttle
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import STRANGER, Actor
from ombudsman_app.core.sealing import hmac_hex
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.web.proof import Proof

from .proving import Proven, compared, take


@dataclass(frozen=True)
class SignIn:
    """What was typed at the door, and where from."""

    email: str
    password: str = field(repr=False)
    code: str = field(default="", repr=False)
    address: str = ""
    browser: str = ""
    ends_session: str | None = None  # token hash of the session that this browser had before


@dataclass(frozen=True)
class Begun:
    """A session that has begun; the token is kept nowhere else."""

    token: str = field(repr=False)
    is_by_recovery_code: bool


def sign_in(given: SignIn) -> Begun | None:
    """Begin a session, or return None for whatever is wrong (AU3).

    Unknown, wrong, replayed and deactivated cost the same: one count, one look, one hash, one entry on
    the trail. Raises TooManyTries.
    """
    throttle.check("sign_in", given.email, given.address)
    proven = compared(queries.credentials_of(given.email, given.code), given.password, given.code)
    token = _begin_session(proven, given) if proven is not None else None
    if proven is not None and token is not None:
        throttle.forgive("sign_in", given.email, given.address)
        return Begun(token, is_by_recovery_code=proven.recovery_code_id is not None)
    _note_failure(given.email)
    return None


@command
def _begin_session(proven: Proven, given: SignIn) -> str | None:
    """Open the session if the account still stands as it was when the password was compared."""
    user_id = proven.held.user_id
    actor = queries.actor_for(user_id) or STRANGER
    if not take(proven, actor=actor):
        return None
    if given.ends_session is not None:
        sessions.end(db.session(), given.ends_session)
    record(Event.ACCOUNTS_SIGNED_IN, "user", user_id, actor=actor)
    return sessions.start(db.session(), user_id=user_id, browser=given.browser)


@command
def _note_failure(email: str) -> None:
    """Put a failed sign-in on the trail; the digest shows which tries belong together and names nobody."""
    digest = hmac_hex(email, purpose="sign-in-address")
    record(Event.ACCOUNTS_SIGN_IN_FAILED, "sign_in", None, actor=STRANGER, changes={"address": digest})


def prove(given: Proof) -> str | None:
    """Return another token for the session of who gave password and code once more, None if one is wrong.

    Costs what a sign-in costs and is throttled like one, apart from it: who holds a stolen session cannot
    keep its owner from signing in. Raises TooManyTries.
    """
    user_id = given.actor.user_id
    if user_id is None:
        return None
    throttle.check("proof", str(user_id), given.address)
    proven = compared(queries.credentials_of_person(user_id, given.code), given.password, given.code)
    token = _renew_session(proven, given) if proven is not None else None
    if token is None:
        note_failed_proof(given.actor)
        return None
    throttle.forgive("proof", str(user_id), given.address)
    return token


@command
def _renew_session(proven: Proven, given: Proof) -> str | None:
    if not take(proven, actor=given.actor):
        return None
    token = sessions.renew(db.session(), given.session)
    if token is not None:
        record(Event.ACCOUNTS_PROOF_GIVEN, "user", given.actor.user_id, actor=given.actor)
    return token


@command
def note_failed_proof(actor: Actor) -> None:
    """Put a wrong password or code of somebody who is signed in on the trail."""
    record(Event.ACCOUNTS_PROOF_FAILED, "user", actor.user_id, actor=actor)


@command
def sign_out(token_hash: str, *, actor: Actor) -> None:
    """End one session."""
    sessions.end(db.session(), token_hash)
    record(Event.ACCOUNTS_SIGNED_OUT, "user", actor.user_id, actor=actor)
