"""Asking for the poster of a counter."""

from uuid import UUID

from ombudsman_app.core.db import command
from ombudsman_app.core.jobs.outbox import enqueue
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.directory.models import Counter
from ombudsman_app.directory.posters import PosterSize


@command
def order_poster(counter: Counter, size: PosterSize, *, actor: Actor) -> UUID:
    """Have it drawn; return the public id of the job. While one is being drawn, the same is meant."""
    uuid = enqueue(
        "directory.poster",
        actor=actor,
        arguments={"counter": counter.id, "size": size.value},
        once=f"{counter.id}-{size.value}-{actor.user_id}",
    )
    changes = {"size": size.value}
    record(Event.DIRECTORY_POSTER_ORDERED, "counter", counter.id, actor=actor, changes=changes)
    return uuid
