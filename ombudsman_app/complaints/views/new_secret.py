"""A secret address that was just made: shown to this browser for a while, sealed in its session.

After that only its hash exists. The seal is bound to the row that holds now.
"""

import json
from base64 import b64decode, b64encode
from datetime import timedelta

from flask import session

from ombudsman_app.core.clock import now
from ombudsman_app.core.sealing import SealBroken, seal, unseal

SHOWN_FOR = timedelta(minutes=10)
_PURPOSE = "waiting-in-session"


def keep(name: str, record_id: int, token: str) -> None:
    """Keep a token for the page that shows it; a lost answer loses nothing."""
    held = json.dumps({"token": token, "at": int(now().timestamp())})
    session[name] = b64encode(seal(held.encode(), purpose=_PURPOSE, place=f"{name}.{record_id}")).decode()


def token_of(name: str, record_id: int) -> str:
    """Return the token while it may be shown; empty after that, and for every other browser."""
    held = session.get(name)
    if not held:
        return ""
    try:
        value = json.loads(unseal(b64decode(held), purpose=_PURPOSE, place=f"{name}.{record_id}"))
    except SealBroken:
        return ""
    is_over = now().timestamp() - value["at"] >= SHOWN_FOR.total_seconds()
    return "" if is_over else str(value["token"])
