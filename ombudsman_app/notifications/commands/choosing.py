"""How people want to be told."""

from collections.abc import Mapping

from sqlalchemy import delete

from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.notifications.errors import NumberUnreadable
from ombudsman_app.notifications.kinds import kinds_for
from ombudsman_app.notifications.models import NotificationChoice, TextNumber
from ombudsman_app.notifications.numbers import as_number
from ombudsman_app.notifications.states import Channel


@command
def choose(
    wanted: Mapping[tuple[str, Channel], bool], *, actor: Actor, number: str = "", forget_number: bool = False
) -> None:
    """Keep what a person decided; kinds that are not for this person are left alone.

    `number`: where text messages go from now on, empty: where they went. Raises NumberUnreadable.
    """
    known = {kind.name for kind in kinds_for(actor)}
    decided = {place: is_on for place, is_on in wanted.items() if place[0] in known}
    db.session.execute(
        delete(NotificationChoice)
        .where(NotificationChoice.person_id == actor.user_id, NotificationChoice.kind.in_(known))
        .execution_options(synchronize_session=False)
    )
    db.session.add_all(
        NotificationChoice(person_id=actor.user_id, kind=kind, channel=channel, is_on=is_on)
        for (kind, channel), is_on in sorted(decided.items())
    )
    if number or forget_number:
        _set_number(number, actor)
    off = sorted(f"{kind}:{channel}" for (kind, channel), is_on in decided.items() if not is_on)
    record(
        Event.NOTIFICATIONS_CHOSEN,
        "user",
        actor.user_id,
        actor=actor,
        changes={"off": off, "number": "set" if number else "removed" if forget_number else "kept"},
    )


def _set_number(typed: str, actor: Actor) -> None:
    held = db.session.get(TextNumber, actor.user_id)
    if not typed:
        if held is not None:
            db.session.delete(held)
        return
    number = as_number(typed)
    if number is None:
        raise NumberUnreadable
    held = held or TextNumber(person_id=actor.user_id)
    held.seal(number, at=now())
    db.session.add(held)
