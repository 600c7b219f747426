"""A person's own views of the queue. Nobody else's are ever read."""

from collections.abc import Sequence

from sqlalchemy import Select, select

from ombudsman_app.complaints.models import SavedView
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor


def saved_views(actor: Actor) -> Sequence[SavedView]:
    """Return this person's views by their names. 1 statement."""
    return db.session.scalars(own_views(actor).order_by(SavedView.label, SavedView.id)).all()


def own_view(actor: Actor, view_id: int) -> SavedView | None:
    """Return a view if it is this person's. 1 statement."""
    return db.session.scalar(own_views(actor).where(SavedView.id == view_id))


def own_views(actor: Actor) -> Select[SavedView]:
    """Select what this person saved."""
    return select(SavedView).where(SavedView.user_id == actor.user_id)
