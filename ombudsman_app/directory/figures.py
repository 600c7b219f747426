"""What the public page of an office tells in numbers. The domains above register theirs at start."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

LazyText = Any  # what lazy_gettext returns

# Below it no number of a public page is told (design.md §3, statistics): in a small place one case is one
# person. A nought is told: nobody stands behind it.
LEAST = 5


@dataclass(frozen=True)
class Figure:
    """One number; None: there are some, fewer than LEAST."""

    label: LazyText
    value: int | None


@dataclass(frozen=True)
class Figures:
    """Numbers about one office, with how they were counted."""

    title: LazyText
    figures: list[Figure]
    how: LazyText


Read = Callable[[int], Figures | None]
_readers: dict[str, Read] = {}


def register(name: str, read: Read) -> None:
    """Make known how the numbers of an office are read by its id, at the same price for each office."""
    _readers[name] = read


def figures_of(office_id: int) -> Iterator[Figures]:
    """Yield what there is to tell. As many statements as readers."""
    for name in sorted(_readers):
        if (found := _readers[name](office_id)) is not None:
            yield found


def told(value: int) -> int | None:
    """Return a number as far as it may be told."""
    return value if value == 0 or value >= LEAST else None
