"""What people were told is forgotten after a year: by then the trail alone knows (PD8)."""

from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select

from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.notifications.models import Message, Notification
from ombudsman_app.notifications.states import MessageState

KEPT = timedelta(days=365)
_SWEPT_AT_ONCE = 500


@command
def sweep_old() -> bool:
    """Forget what is older than a year, some at a time; return whether there was any."""
    old = now() - KEPT
    notifications = select(Notification.id).where(Notification.made_at < old)
    messages = select(Message.id).where(Message.state != MessageState.WAITING, Message.made_at < old)
    return any([_forget(Notification, notifications), _forget(Message, messages)])


def _forget(table: type[Any], which: Any) -> bool:
    found = db.session.scalars(which.limit(_SWEPT_AT_ONCE)).all()
    if found:
        going = delete(table).where(table.id.in_(found))
        db.session.execute(going.execution_options(synchronize_session=False))
    return bool(found)
