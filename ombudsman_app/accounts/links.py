"""One-time links by which a person sets the password (AU8): signed, for one purpose, short-lived.

The signature covers the password that the link will replace, and when the last link was ordered: once
either has changed, the link is dead, without a table of used links.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ombudsman_app.core.clock import now
from ombudsman_app.core.sealing import hmac_hex, is_same

LIVES = timedelta(hours=2)
ASKED_LIVES = timedelta(minutes=30)  # of a link that anybody may ask for who knows the address
_PURPOSE = "first-password-link"
_TOKEN = re.compile(r"(?P<user_id>[0-9]{1,9})-(?P<until>[0-9]{10})-(?P<signature>[0-9a-f]{64})")


@dataclass(frozen=True)
class Link:
    """What a token says, to be believed only after `is_genuine`."""

    user_id: int
    until: int  # seconds since 1970
    signature: str

    def is_genuine(self, password_hash: str | None, since: datetime | None = None) -> bool:
        """Return whether this house signed it for the password that still stands, and time is left.

        `since`: when the last link was ordered; one from before is dead.
        """
        is_signed = is_same(self.signature, _signature(self.user_id, self.until, password_hash, since))
        return is_signed and now() < datetime.fromtimestamp(self.until, UTC)


def token_for(
    user_id: int, password_hash: str | None, since: datetime | None = None, lives: timedelta = LIVES
) -> str:
    """Return the token of a fresh link; the page is `/staff/first-password/<token>`."""
    until = int((now() + lives).timestamp())
    return f"{user_id}-{until}-{_signature(user_id, until, password_hash, since)}"


def read(token: str) -> Link | None:
    """Read a token; None for what is none."""
    parts = _TOKEN.fullmatch(token)
    return Link(int(parts["user_id"]), int(parts["until"]), parts["signature"]) if parts else None


def _signature(user_id: int, until: int, password_hash: str | None, since: datetime | None) -> str:
    ordered = f"\0{since.astimezone(UTC).isoformat()}" if since else ""
    return hmac_hex(f"{user_id}\0{until}\0{password_hash or ''}{ordered}", purpose=_PURPOSE)
