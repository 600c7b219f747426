"""Reports of failure that come back later (RFC 3464): the message they are about is marked."""

from sqlalchemy import select

from ombudsman_app.core.db import command, db
from ombudsman_app.notifications.models import Message
from ombudsman_app.notifications.reports import Report
from ombudsman_app.notifications.states import MESSAGE

from .ending import end_message


@command
def note_came_back(report: Report) -> bool:
    """Mark the message that a report names; return whether there is one. Twice the same changes nothing."""
    found = db.session.scalar(
        select(Message)
        .where(
            (Message.message_id == report.message_id)
            if report.uuid is None
            else (Message.uuid == report.uuid)
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if found is None:
        return False
    if "come_back" in MESSAGE.open_events(found.state):
        end_message(found, "come_back", "came_back", report.status)
    return True
