"""Comparing what somebody typed with an account, and using it up: each code works once (AU2)."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, update

from ombudsman_app.accounts import passwords, second_factor
from ombudsman_app.accounts.models import RecoveryCode, User
from ombudsman_app.accounts.queries import Credentials
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record


@dataclass(frozen=True)
class Proven:
    """What fits an account as it was read; it counts only once it has been taken."""

    held: Credentials
    password_hash: str  # with the parameters of today
    step: int | None = None
    recovery_code_id: int | None = None


def compared(held: Credentials | None, password: str, code: str) -> Proven | None:
    """Compare password and code with an account, in the same work whatever is wrong (AU3): one hash.

    The code of an account without second factor is not asked for: its door opens to the enrolment alone.
    """
    stored = held.password_hash if held is not None and held.is_active else None
    is_password = passwords.is_right(stored, password)
    step = _typed_step(held, code)
    if held is None or stored is None or is_password is not True:
        return None
    is_asked = second_factor.is_demanded() and held.has_second_factor
    is_fresh_step = step is not None and step > (held.totp_last_step or 0)
    if is_asked and not is_fresh_step and held.recovery_code_id is None:
        return None
    fresh = passwords.hashed(password) if passwords.needs_rehash(stored) else stored
    if not is_asked:
        return Proven(held, fresh)
    if is_fresh_step:
        return Proven(held, fresh, step=step)
    return Proven(held, fresh, recovery_code_id=held.recovery_code_id)


def _typed_step(held: Credentials | None, code: str) -> int | None:
    if held is None:
        return second_factor.stored_step(None, None, code)
    return second_factor.stored_step(held.user_id, held.totp_secret, code)


def take(proven: Proven, *, actor: Actor) -> bool:
    """Use up what was typed, if the account still is as it was compared. ≤ 2 statements, inside a command.

    The last step moves by compare-and-set: of many who send one code at once, one gets in.
    """
    held = proven.held
    conditions: list[Any] = [
        User.id == held.user_id,
        User.is_active,
        User.password_hash == held.password_hash,
        User.totp_since.is_not_distinct_from(held.totp_since),
    ]
    values: dict[str, Any] = {"password_hash": proven.password_hash}
    if proven.step is not None:
        conditions.append(or_(User.totp_last_step.is_(None), User.totp_last_step < proven.step))
        values["totp_last_step"] = proven.step
    taken = db.session.scalar(
        update(User)
        .where(*conditions)
        .values(**values)
        .returning(User.id)
        .execution_options(synchronize_session=False)
    )
    if taken is None:
        return False
    code_id = proven.recovery_code_id
    return code_id is None or _take_recovery_code(code_id, held.user_id, actor)


def _take_recovery_code(code_id: int, user_id: int, actor: Actor) -> bool:
    taken = db.session.scalar(
        update(RecoveryCode)
        .where(RecoveryCode.id == code_id, RecoveryCode.used_at.is_(None))
        .values(used_at=now())
        .returning(RecoveryCode.id)
        .execution_options(synchronize_session=False)
    )
    if taken is None:
        return False
    record(Event.ACCOUNTS_RECOVERY_CODE_USED, "user", user_id, actor=actor, changes={"code": code_id})
    return True
