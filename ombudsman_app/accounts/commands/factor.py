"""Setting up the second factor, its recovery codes, and taking it back from a lost phone (AU2)."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, insert, update

from ombudsman_app.accounts import second_factor
from ombudsman_app.accounts.models import RecoveryCode, User
from ombudsman_app.core import sessions
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import RecordChanged
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record


@dataclass(frozen=True)
class NewFactor:
    """A secret that the person's app knows: `step` is that of the code which showed it."""

    secret: str = field(repr=False)
    step: int
    session: str  # hash of the token of the session that goes on
    replaces_since: datetime | None = None  # totp_since as it was read


@dataclass(frozen=True)
class FactorSet:
    """What came of it: another token for this session, and the recovery codes, which nobody sees again."""

    token: str = field(repr=False)
    codes: list[str] = field(repr=False)


@command
def set_second_factor(given: NewFactor, *, actor: Actor) -> FactorSet:
    """Put a confirmed secret in place and make recovery codes; every other session ends.

    A session that began with the password alone would otherwise gain what its owner never showed there.
    Raises RecordChanged if the factor or the session is another one by now.
    """
    user_id = _known(actor)
    placed = db.session.scalar(
        update(User)
        .where(User.id == user_id, User.is_active, User.totp_since.is_not_distinct_from(given.replaces_since))
        .values(
            totp_secret=second_factor.sealed_for(user_id, given.secret),
            totp_since=now(),
            totp_last_step=given.step,
            version=User.version + 1,
        )
        .returning(User.id)
        .execution_options(synchronize_session=False)
    )
    token = sessions.renew(db.session(), given.session) if placed is not None else None
    if token is None:
        raise RecordChanged
    codes = _put_recovery_codes(user_id)
    ended = sessions.end_others_of(db.session(), user_id, sessions.token_hash(token))
    changes = {"is_replaced": given.replaces_since is not None, "sessions_ended": ended, "codes": len(codes)}
    record(Event.ACCOUNTS_SECOND_FACTOR_SET, "user", user_id, actor=actor, changes=changes)
    return FactorSet(token, codes)


@command
def make_recovery_codes(*, actor: Actor) -> list[str]:
    """Return fresh recovery codes; the ones before are worth nothing from now on."""
    user_id = _known(actor)
    # Taking the row first lets two who ask at once come one after the other.
    db.session.execute(
        update(User)
        .where(User.id == user_id)
        .values(version=User.version + 1)
        .execution_options(synchronize_session=False)
    )
    codes = _put_recovery_codes(user_id)
    changes = {"codes": len(codes)}
    record(Event.ACCOUNTS_RECOVERY_CODES_MADE, "user", user_id, actor=actor, changes=changes)
    return codes


@command
def reset_second_factor(user: User, *, actor: Actor, reason: str = "") -> None:
    """Take phone and recovery codes from an account and end its sessions: the next sign-in enrols anew."""
    user.totp_secret = user.totp_since = user.totp_last_step = None
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    sessions.end_all_of(db.session(), user.id)
    record(Event.ACCOUNTS_SECOND_FACTOR_RESET, "user", user.id, actor=actor, reason=reason)


def _put_recovery_codes(user_id: int) -> list[str]:
    codes, instant = second_factor.new_recovery_codes(), now()
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
    db.session.execute(
        insert(RecoveryCode),
        [
            {"user_id": user_id, "code_hash": second_factor.recovery_hash(code), "made_at": instant}
            for code in codes
        ],
    )
    return codes


def _known(actor: Actor) -> int:
    if actor.user_id is None:
        raise RuntimeError("nobody is signed in")
    return actor.user_id
