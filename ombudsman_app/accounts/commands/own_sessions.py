"""Ending one's own sessions in other browsers (AU5); it acts on their next request."""

from sqlalchemy import delete, select

from ombudsman_app.accounts.models import User
from ombudsman_app.core import sessions
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.sessions import StoredSession
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record


@command
def end_session(session_id: int, *, actor: Actor) -> bool:
    """End one session of who asks. False: it had ended already, or is somebody else's."""
    ended = db.session.scalar(
        delete(StoredSession)
        .where(StoredSession.id == session_id, StoredSession.user_id == actor.user_id)
        .returning(StoredSession.id)
    )
    if ended is not None:
        record(
            Event.ACCOUNTS_SESSIONS_ENDED, "user", actor.user_id, actor=actor, changes={"sessions_ended": 1}
        )
    return ended is not None


@command
def end_other_sessions(kept_hash: str, *, actor: Actor) -> int:
    """End every session of who asks but this one; return how many there were."""
    # The person first, as in all that ends sessions: two browsers at once must not wait for each other.
    db.session.execute(select(User.id).where(User.id == actor.user_id).with_for_update(key_share=True))
    ended = sessions.end_others_of(db.session(), actor.user_id or 0, kept_hash)
    if ended:
        changes = {"sessions_ended": ended}
        record(Event.ACCOUNTS_SESSIONS_ENDED, "user", actor.user_id, actor=actor, changes=changes)
    return ended
