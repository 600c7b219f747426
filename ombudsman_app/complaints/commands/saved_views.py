"""A person's own views of the queue: keep, change, remove. Of one person at most one opens by itself."""

from dataclasses import dataclass

from sqlalchemy import delete, select, update

from ombudsman_app.accounts.models import User
from ombudsman_app.complaints.errors import TooManyViews, ViewNameTaken
from ombudsman_app.complaints.models import SavedView
from ombudsman_app.complaints.queries import saved_views
from ombudsman_app.core import limits
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record


@dataclass(frozen=True)
class ViewInput:
    """A name, the filters as the address of the queue says them, and whether the queue opens with it."""

    label: str
    filters: str
    opens_first: bool = False
    replaces: bool = False  # the view of this name, if there is one


@command
def save_view(given: ViewInput, *, actor: Actor) -> SavedView:
    """Keep filters under a name. 5 statements.

    Raises ViewNameTaken unless told to replace, TooManyViews when there is no room for one more.
    """
    own = _own_views_locked(actor)
    view = next((one for one in own if _is_same(one.label, given.label)), None)
    if view is not None and not given.replaces:
        raise ViewNameTaken(label=view.label)
    if view is None:
        if len(own) >= limits.VIEWS_OF_A_PERSON:
            raise TooManyViews(most=limits.VIEWS_OF_A_PERSON)
        view = SavedView(user_id=actor.user_id, saved_at=now())
        db.session.add(view)
    view.label, view.filters, view.saved_at = given.label, given.filters, now()
    _settle(view, given.opens_first, actor)
    return view


@command
def change_view(view: SavedView, label: str, *, opens_first: bool, actor: Actor) -> None:
    """Give a view another name, or let the queue open with it. Raises ViewNameTaken."""
    if any(one.id != view.id and _is_same(one.label, label) for one in _own_views_locked(actor)):
        raise ViewNameTaken(label=label)
    view.label = label
    _settle(view, opens_first, actor)


@command
def remove_view(view: SavedView, *, actor: Actor) -> None:
    """Forget a view."""
    db.session.execute(delete(SavedView).where(SavedView.id == view.id))
    record(Event.COMPLAINTS_VIEW_REMOVED, "saved_view", view.id, actor=actor)


def _own_views_locked(actor: Actor) -> list[SavedView]:
    """Return this person's views; of two sendings at once the second waits and sees what the first did."""
    db.session.execute(select(User.id).where(User.id == actor.user_id).with_for_update(key_share=True))
    return list(saved_views(actor))


def _is_same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


def _settle(view: SavedView, opens_first: bool, actor: Actor) -> None:
    if opens_first:
        db.session.execute(
            update(SavedView)
            .where(SavedView.user_id == actor.user_id, SavedView.opens_first)
            .values(opens_first=False)
        )
    view.opens_first = opens_first
    db.session.flush()
    record(
        Event.COMPLAINTS_VIEW_SAVED,
        "saved_view",
        view.id,
        actor=actor,
        changes={"opens_first": opens_first},
    )
