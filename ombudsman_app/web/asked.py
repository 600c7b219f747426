"""What is asked of the offices under watch, and by when: one list for all domains that ask.

A domain registers its kind in its `asked.py` at start; the start page of the portal joins them in one
statement and never imports a domain.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select

from ombudsman_app.core.policy import Actor

LazyText = Any  # what lazy_gettext returns


@dataclass(frozen=True)
class AskedKind:
    """One kind of thing that an office must answer.

    `rows` selects, from what the scope of the domain shows to this person (AZ3), exactly the columns
    `record_id` (int), `title` (text, at most a line, without anything about who reported), `asker` (text: who
    asks, such as the name of a representative office), `asked_on` (date), `due_on` (date or NULL: no last
    day), `paused_until` (date or NULL: the last day on which its time stands still), `state` (text) and
    `waits` (bool: the office must act). `word` and `tone` show a state; `endpoint` opens one, the id goes
    into its value `value`.
    """

    name: str
    label: LazyText
    rows: Callable[[Actor], Select[Any]]
    endpoint: str
    value: str
    word: Callable[[str], LazyText]
    tone: Callable[[str], str] = lambda _state: "neutral"


_kinds: dict[str, AskedKind] = {}


def register(kind: AskedKind) -> None:
    """Make a kind known, under its name."""
    _kinds[kind.name] = kind


def kind_of(name: str) -> AskedKind:
    """Return a kind. Raises KeyError for a name that nobody registered."""
    return _kinds[name]


def kinds() -> Iterator[AskedKind]:
    """Yield all kinds, in the order of their names."""
    yield from (_kinds[name] for name in sorted(_kinds))
