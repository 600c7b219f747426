"""How a message ends, whichever way it does."""

from ombudsman_app.core.clock import now
from ombudsman_app.core.policy import STRANGER
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.notifications.kinds import record_kind
from ombudsman_app.notifications.models import Message
from ombudsman_app.notifications.states import MESSAGE, MessageState


def end_message(held: Message, move: str, reason: str, reply: str = "") -> None:
    """End a locked message by the table, on the trail; tell who works on the record of one that was lost."""
    held.state = MESSAGE.after(held.state, move)
    held.attempts += move in ("hand_over", "refuse")
    held.reason, held.reply, held.ended_at = reason, reply or held.reply, now()
    if move == "hand_over":
        held.reply, held.doubts = "", 0
    record(
        Event.NOTIFICATIONS_SENT if move == "hand_over" else Event.NOTIFICATIONS_UNSENT,
        "message",
        held.id,
        actor=STRANGER,
        changes={"move": move, "reason": reason, "channel": held.channel, "kind": held.kind},
    )
    is_lost = held.state in (MessageState.REFUSED, MessageState.GIVEN_UP)
    about = record_kind(held.record_kind)
    if is_lost and held.person_id is None and about is not None and held.record_id is not None:
        about.unreached(held.record_id, reason)
