"""Lists by keyset: the next page begins behind the last row seen, whatever the data (IN4)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import request

from ombudsman_app.core import limits

T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some rows, and the keys that lead on and back (None: there is nothing more)."""

    items: Sequence[T]
    next_key: str | None = None
    previous_key: str | None = None

    @property
    def is_empty(self) -> bool:
        return not self.items


def page_of(rows: Sequence[T], size: int, key: Callable[[T], str], *, after: str | None) -> Page[T]:
    """Cut one row more than fits into a page. `rows` holds up to `size` + 1; `after` is where we stand."""
    items = rows[:size]
    next_key = key(items[-1]) if len(rows) > size else None
    return Page(items, next_key, after)


def page_on(rows: Sequence[T], size: int, key: Callable[[T], str], *, is_first: bool) -> Page[T]:
    """Cut a page on the way on. `rows` holds up to `size` + 1; going back starts before the first of them."""
    items = rows[:size]
    next_key = key(items[-1]) if len(rows) > size else None
    return Page(items, next_key, key(items[0]) if items and not is_first else None)


def page_back(rows: Sequence[T], size: int, key: Callable[[T], str]) -> Page[T]:
    """Cut a page on the way back. `rows` come nearest first and are turned round."""
    items = rows[:size][::-1]
    next_key = key(items[-1]) if items else None
    return Page(items, next_key, key(items[0]) if len(rows) > size else None)


def asked_id(name: str) -> int | None:
    """Return an id from the address of this request, None for what is none (IN4)."""
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= limits.ID_DIGITS else None
