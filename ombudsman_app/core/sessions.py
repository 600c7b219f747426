"""Sessions as rows (AU5). The token is in the browser, its keyed hash here: a stolen table opens nothing."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import ColumnElement, CursorResult, String, Text, and_, bindparam, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from .clock import now
from .columns import Kept, Level, about
from .config import Settings
from .db import Base, db
from .sealing import hmac_hex, random_token
from .walls import OPEN

PUBLIC_IDLE = timedelta(hours=24)
PUBLIC_ABSOLUTE = timedelta(days=7)  # as long as the draft of a complaint lives (`design.md` §12)
TOUCH_EVERY = timedelta(minutes=1)
EMPTY = "{}"
IS_PRIVATE = "is_private"  # a value: this public session shows something that only one person may see
BROWSER_LENGTH = 40


class StoredSession(Base):
    """One browser that put something into its session, or signed in."""

    __tablename__ = "stored_session"
    __table_args__ = about(Level.SECRET, Kept.SESSION, portal=OPEN)

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int | None] = mapped_column(index=True)  # accounts lie above: no foreign key
    data: Mapped[str] = mapped_column(Text, default=EMPTY)  # JSON object
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]  # exact to a minute
    expires_at: Mapped[datetime] = mapped_column(index=True)  # absolute; idleness is judged apart
    signed_in_at: Mapped[datetime | None]
    proved_at: Mapped[datetime | None]  # password and code, at sign-in or once more before a grave act (PD2)
    browser: Mapped[str] = mapped_column(String(BROWSER_LENGTH), default="")  # such as "Firefox, Android"


@dataclass(frozen=True)
class LiveSession:
    """A session that holds at this instant."""

    token_hash: str
    user_id: int | None
    data: str
    last_seen_at: datetime
    signed_in_at: datetime | None
    proved_at: datetime | None = None


def token_hash(token: str) -> str:
    """Return what stands for a token in the table."""
    return hmac_hex(token, purpose="session-token")


# Put together once: it is asked for on every page of everybody who signed in.
_HOLDS = select(
    StoredSession.token_hash,
    StoredSession.user_id,
    StoredSession.data,
    StoredSession.last_seen_at,
    StoredSession.signed_in_at,
    StoredSession.proved_at,
).where(StoredSession.token_hash == bindparam("hash"), StoredSession.expires_at > bindparam("now"))


def find(token: str) -> LiveSession | None:
    """Return the session of a token, unless it is unknown, too old or was idle too long. 1 statement."""
    row = db.session.execute(_HOLDS, {"hash": token_hash(token), "now": now()}).one_or_none()
    if row is None:
        return None
    live = LiveSession(*row)
    return live if now() - live.last_seen_at < _may_idle(live) else None


def _may_idle(live: LiveSession) -> timedelta:
    if live.user_id or json.loads(live.data).get(IS_PRIVATE):
        return _idle_of_people()
    return PUBLIC_IDLE


def _idle_of_people() -> timedelta:
    return timedelta(minutes=_settings().session_idle_minutes)


def is_held_by_person() -> ColumnElement[bool]:
    """Return the condition under which a row of somebody who signed in still holds."""
    instant = now()
    return and_(StoredSession.expires_at > instant, StoredSession.last_seen_at > instant - _idle_of_people())


def start(session: Session, *, user_id: int | None = None, data: str = EMPTY, browser: str = "") -> str:
    """Add a session, sweep the expired ones, return the token, which is kept nowhere else. 2 statements."""
    token, instant = random_token(), now()
    longest = timedelta(hours=_settings().session_absolute_hours) if user_id else PUBLIC_ABSOLUTE
    session.execute(delete(StoredSession).where(StoredSession.expires_at <= instant))
    session.add(
        StoredSession(
            token_hash=token_hash(token),
            user_id=user_id,
            data=data,
            created_at=instant,
            last_seen_at=instant,
            expires_at=instant + longest,
            signed_in_at=instant if user_id else None,
            proved_at=instant if user_id else None,
            browser=browser[:BROWSER_LENGTH],
        )
    )
    session.flush()
    return token


def is_touch_due(live: LiveSession) -> bool:
    """Return whether the minute since the last touch is over."""
    return now() - live.last_seen_at >= TOUCH_EVERY


def touch(session: Session, live: LiveSession) -> None:
    """Note that the browser was here. 1 statement; a session that was ended meanwhile stays ended."""
    session.execute(
        update(StoredSession).where(StoredSession.token_hash == live.token_hash).values(last_seen_at=now())
    )


def keep(session: Session, live: LiveSession, changes: Mapping[str, Any]) -> bool:
    """Write changed values into the row; None takes a value out. False: the session has been ended.

    Two tabs of one browser lose nothing of each other. 1 statement, 3 after a lost race.
    """
    before: str | None = live.data
    for _attempt in range(2):
        if before is None:
            return False
        merged = {**json.loads(before), **changes}
        data = as_json({name: value for name, value in merged.items() if value is not None})
        done = session.execute(
            update(StoredSession)
            .where(StoredSession.token_hash == live.token_hash, StoredSession.data == before)
            .values(data=data, last_seen_at=now())
        )
        if isinstance(done, CursorResult) and done.rowcount == 1:
            return True
        before = session.scalar(
            select(StoredSession.data).where(StoredSession.token_hash == live.token_hash).with_for_update()
        )
    return False


def as_json(values: Mapping[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def end(session: Session, ended_hash: str) -> None:
    """Delete one session, by the hash of its token. 1 statement."""
    session.execute(delete(StoredSession).where(StoredSession.token_hash == ended_hash))


def end_all_of(session: Session, user_id: int) -> None:
    """Delete every session of a person: password change, deactivation (AU5). 1 statement."""
    session.execute(delete(StoredSession).where(StoredSession.user_id == user_id))


def end_others_of(session: Session, user_id: int, kept_hash: str) -> int:
    """Delete every session of a person but one, and return how many there were. 1 statement."""
    others = (StoredSession.user_id == user_id, StoredSession.token_hash != kept_hash)
    return len(session.scalars(delete(StoredSession).where(*others).returning(StoredSession.id)).all())


def renew(session: Session, held_hash: str, *, is_proof: bool = True) -> str | None:
    """Put another token in the place of the old one (AU5), a copy of which then opens nothing.

    `is_proof`: password and code were given, so grave acts may follow (PD2). None: the session has been
    ended. 1 statement.
    """
    token, instant = random_token(), now()
    proved = {"proved_at": instant} if is_proof else {}
    renewed = session.scalar(
        update(StoredSession)
        .where(StoredSession.token_hash == held_hash)
        .values(token_hash=token_hash(token), last_seen_at=instant, **proved)
        .returning(StoredSession.id)
    )
    return None if renewed is None else token


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings
