"""`@policy` on the route; joins the rows of all domains and refuses gaps at start (AZ1, AZ2)."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar

from flask import Flask, current_app, g, request
from flask.typing import ResponseReturnValue

from ombudsman_app.core.db import see_offices
from ombudsman_app.core.errors import NotAllowed, NotVisible
from ombudsman_app.core.policy import PORTAL_ROLES, STRANGER, Actor, Policy
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record_aside

from .proof import demand_fresh

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])
Loader = Callable[..., Any]

PUBLIC_POLICY = Policy("public", public=True)
_NO_RIGHT = Policy("no endpoint")


def policy(
    name: str, record: Loader | None = None, *, fresh: bool = False
) -> Callable[[View], Callable[..., ResponseReturnValue]]:
    """Name the one right that opens a route, and the loader of its record.

    The loader is called with the actor and the values of the address and answers what this actor
    may see, or None: 404 (AZ4). The view gets the record instead of the values. `fresh`: what changes
    something also needs a sign-in of the last five minutes (PD2). If it is older, a page asks for the
    proof and sends it with what was typed.
    """

    def mark(view: View) -> Callable[..., ResponseReturnValue]:
        @wraps(view)
        def guarded(**values: Any) -> ResponseReturnValue:
            row: Policy = current_app.extensions["policies"][name]
            if row.public and record is None:
                return view(**values)
            actor = current_actor()
            if record is None:
                _demand(row, actor, None)
                if fresh:
                    demand_fresh(actor)
                return view(**values)
            found = _visible(row, actor, record, values)
            if fresh and demand_fresh(actor):  # that took time and ended the transaction: look again
                found = _visible(row, actor, record, values)
            return view(found)

        guarded.policy_name = name  # type: ignore[attr-defined]
        return guarded

    return mark


def _visible(row: Policy, actor: Actor, record: Loader, values: dict[str, Any]) -> Any:
    found = record(actor, **values)
    if found is None:
        raise NotVisible
    _demand(row, actor, found)
    return found


def _demand(row: Policy, actor: Actor, record: Any) -> None:
    if not row.allows(actor, record):
        raise NotAllowed(policy=row.name)


def note_refusal(refused: NotAllowed) -> None:
    """Put a refused act on the trail: who, which policy, where, which record (LG2). 3 statements."""
    named = {name: value for name, value in (request.view_args or {}).items() if isinstance(value, int)}
    changes = {"policy": refused.details.get("policy", "door"), "endpoint": request.endpoint, **named}
    record_aside(Event.CORE_NOT_ALLOWED, "policy", None, actor=current_actor(), changes=changes)


def may(name: str, record: Any = None) -> bool:
    """Return whether the person who asks has this right: for buttons and menus, never instead of @policy."""
    row: Policy = current_app.extensions["policies"][name]
    return row.allows(current_actor(), record)


def current_actor() -> Actor:
    """Return who asks, read from the database once per request (AZ8). 0 or 1 statement."""
    if "actor" not in g:
        find: Callable[[], Actor | None] = current_app.extensions["find_actor"]
        g.actor = find() or STRANGER
        see_offices(g.actor.offices_as(*PORTAL_ROLES))
    actor: Actor = g.actor
    return actor


def policy_of(endpoint: str | None) -> Policy:
    """Return the policy of an endpoint; for unknown addresses one that nobody has."""
    view: Any = current_app.view_functions.get(endpoint or "")
    if view is None:
        return _NO_RIGHT
    found: Policy = current_app.extensions["policies"][view.policy_name]
    return found


def join_policies(app: Flask, rows: Iterable[Policy]) -> None:
    """Put all rows in one table. Raises RuntimeError on a name used twice."""
    table = {PUBLIC_POLICY.name: PUBLIC_POLICY}
    for row in rows:
        if row.name in table:
            raise RuntimeError(f"policy {row.name} is defined twice")
        table[row.name] = row
    app.extensions["policies"] = table


def refuse_gaps(app: Flask) -> None:
    """Stop the start when a route has no policy, or one that is in no table (AZ1)."""
    for rule in app.url_map.iter_rules():
        name = getattr(app.view_functions[rule.endpoint], "policy_name", None)
        if name not in app.extensions["policies"]:
            raise RuntimeError(f"{rule.rule} ({rule.endpoint}) names no known policy: {name}")
