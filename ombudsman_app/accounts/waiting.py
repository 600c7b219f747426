"""What waits in the session of a person, sealed: a secret not confirmed yet, recovery codes not noted yet.

Neither is good elsewhere or for long: the seal is bound to the person, and its time is short.
"""

import json
from base64 import b64decode, b64encode
from datetime import timedelta
from typing import Any

from flask import session

from ombudsman_app.core.clock import now
from ombudsman_app.core.sealing import SealBroken, seal, unseal

from . import second_factor

LIVES = timedelta(minutes=15)
_SECRET, _CODES = "new_factor", "new_recovery_codes"


def has_secret(user_id: int) -> bool:
    """Return whether a secret was shown that may still be confirmed."""
    return _shown_secret(user_id) is not None


def secret_of(user_id: int) -> str:
    """Return the secret that this person is about to confirm: the same on each reload, for a while."""
    shown = _shown_secret(user_id)
    if shown is not None:
        return shown
    secret = second_factor.new_secret()
    _keep(_SECRET, user_id, {"secret": secret})
    return secret


def _shown_secret(user_id: int) -> str | None:
    held = _read(_SECRET, user_id)
    return str(held["secret"]) if held else None


def keep_codes(user_id: int, codes: list[str]) -> None:
    """Keep fresh recovery codes for the page that shows them, for a while; a lost answer loses none."""
    _keep(_CODES, user_id, {"codes": codes})


def codes_of(user_id: int) -> list[str]:
    """Return the recovery codes that the person has not noted yet."""
    held = _read(_CODES, user_id)
    return [str(code) for code in held["codes"]] if held else []


def forget_codes() -> None:
    """The person has noted them: from now on only their hashes exist."""
    session[_CODES] = None


def forget_secret() -> None:
    """The next page shows another secret."""
    session[_SECRET] = None


def _keep(name: str, user_id: int, value: dict[str, Any]) -> None:
    dated = {**value, "at": int(now().timestamp())}
    sealed = seal(json.dumps(dated).encode(), purpose="waiting-in-session", place=f"{name}.{user_id}")
    session[name] = b64encode(sealed).decode()


def _read(name: str, user_id: int) -> dict[str, Any] | None:
    held = session.get(name)
    if not held:
        return None
    try:
        value: dict[str, Any] = json.loads(
            unseal(b64decode(held), purpose="waiting-in-session", place=f"{name}.{user_id}")
        )
    except SealBroken:
        return None
    is_over = now().timestamp() - value["at"] >= LIVES.total_seconds()
    return None if is_over else value
