"""What other domains say about an employer: laporan, informasi, audits. They register at start.

A link is one line on the page of an employer for the staff. Who told is never part of it: the line names the
kind of source and leads to a page that asks for its own right.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from ombudsman_app.core.policy import Actor


@dataclass(frozen=True)
class Linked:
    """One line: what it is, since when, and where it is read (None: this person has no right to read it)."""

    title: str
    detail: str
    on: date
    endpoint: str | None
    values: dict[str, Any]


Find = Callable[[int, Actor], list[Linked]]
_finders: list[Find] = []


def register(find: Find) -> None:
    """Make known how lines about one employer (its id) are found for one person. ≤ 2 statements each."""
    _finders.append(find)


def linked_to(employer_id: int, actor: Actor) -> list[Linked]:
    """Return all lines about one employer, the newest first."""
    found = [line for find in _finders for line in find(employer_id, actor)]
    return sorted(found, key=lambda line: line.on, reverse=True)
