"""Lists by keyset: the next page begins behind the last row seen, whatever the data (IN4)."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from flask import request

from ombudsman_app.core import limits

T = TypeVar("T")
DayKey = tuple[date, int]  # of a list in the order of days: the day, and the id among those of one day
_DAY_KEY = re.compile(rf"([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})\.([0-9]{{1,{limits.ID_DIGITS}}})")


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
    return read_id(request.args.get(name))


def read_id(text: str | None) -> int | None:
    """Read an id that the database could hold; None for what is none (IN4)."""
    is_id = text and text.isascii() and text.isdigit() and len(text) <= limits.ID_DIGITS
    return int(text) if text and is_id else None


def day_key(day: date, record_id: int) -> str:
    """Return the key at which a page of a list by days begins or ends: 2026-12-04.17."""
    return f"{day.isoformat()}.{record_id}"


def read_day_key(text: str | None) -> DayKey | None:
    """Read a key from the address; None for what is no key (IN4)."""
    found = _DAY_KEY.fullmatch(text or "")
    if found is None:
        return None
    try:
        return date.fromisoformat(found[1]), int(found[2])
    except ValueError:  # 2026-02-30
        return None
