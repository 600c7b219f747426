"""The menu of each face: what exists and what this person may open. Domains add their lines at start."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from flask import Flask, g, request, url_for
from sqlalchemy import Select

from ombudsman_app.core.policy import Actor

from .access import may, policy_of
from .faces import current_face
from .formats import up_to_short


@dataclass(frozen=True)
class Entry:
    """One line of a menu. `label` is called on each request, so that it speaks the language."""

    face: str
    endpoint: str
    label: Callable[[], str]
    order: int
    icon: str = ""
    badge: Callable[[], int] | None = None
    badge_words: Callable[[str], str] = str  # what the number says to who cannot see the badge


@dataclass(frozen=True)
class Item:
    """An entry as a template needs it."""

    label: str
    href: str
    is_current: bool
    icon: str
    badge: str = ""
    badge_words: str = ""


def init_navigation(app: Flask, entries: list[Entry]) -> None:
    """Keep the entries sorted and offer `navigation()` to templates."""
    ordered = sorted(entries, key=lambda entry: (entry.face, entry.order))

    def navigation() -> list[Item]:
        face = current_face().name
        items = [_item(entry) for entry in ordered if entry.face == face and _is_open(entry)]
        # Where one entry lies below another, a page belongs to the nearer one.
        nearest = max((len(item.href) for item in items if item.is_current), default=0)
        return [
            replace(item, is_current=False) if item.is_current and len(item.href) < nearest else item
            for item in items
        ]

    app.jinja_env.globals["navigation"] = navigation


def know_badge(endpoint: str, number: int) -> None:
    """Tell the menu what a view has counted already, so that it is not counted twice."""
    g.setdefault("badges", {})[endpoint] = number


def know_badges(numbers: Mapping[str, int]) -> None:
    """The same for several, by their endpoints."""
    for endpoint, number in numbers.items():
        know_badge(endpoint, number)


BadgePart = Callable[[Actor], Select[str, int] | None]
_parts: list[BadgePart] = []


def count_together(part: BadgePart) -> None:
    """Have a badge counted within the statement that counts complaints for the menu.

    `part` selects (name, number), where the name is the endpoint of the entry; None: nothing waits for this
    person ever. Called at start.
    """
    if part not in _parts:
        _parts.append(part)


def counted_together(actor: Actor) -> list[Select[str, int]]:
    """Return what `count_together` was given, as far as it is for this person."""
    return [found for part in _parts if (found := part(actor)) is not None]


def without_badges() -> None:
    """Draw this page's menu without numbers: where something broke, nothing more is asked."""
    g.counts_badges = False


def _badge(entry: Entry) -> int:
    known: dict[str, int] = g.get("badges", {})
    if entry.endpoint in known:
        return known[entry.endpoint]
    return entry.badge() if entry.badge and g.get("counts_badges", True) else 0


def _is_open(entry: Entry) -> bool:
    right = policy_of(entry.endpoint)
    return right.public or may(right.name)


def _item(entry: Entry) -> Item:
    href = url_for(entry.endpoint)
    place = href.rstrip("/")
    # Pages below an entry belong to it; below the start page of a face lies everything.
    is_below = place != current_face().prefix and request.path.startswith(place + "/")
    is_current = request.path == href or is_below
    badge = up_to_short(number) if (number := _badge(entry)) else ""
    return Item(entry.label(), href, is_current, entry.icon, badge, entry.badge_words(badge) if badge else "")
