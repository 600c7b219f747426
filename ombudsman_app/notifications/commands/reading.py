"""What people do in their inbox."""

from sqlalchemy import update

from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Actor
from ombudsman_app.notifications.models import Notification


@command
def note_read(notification: Notification) -> None:
    """Take a line off what is unread. Doing it twice changes nothing."""
    _read(Notification.id == notification.id)


@command
def note_all_read(up_to: int, *, actor: Actor) -> None:
    """Take everything off that the page had shown; what came since stays unread."""
    _read((Notification.person_id == actor.user_id) & (Notification.id <= up_to))


def _read(which: object) -> None:
    reading = update(Notification).where(which, Notification.read_at.is_(None))  # type: ignore[arg-type]
    db.session.execute(reading.values(read_at=now()).execution_options(synchronize_session=False))
