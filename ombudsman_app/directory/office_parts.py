"""What the domains above show on the public page of an office. Each registers its part at start."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class OfficePart:
    """A block of the page: its template, what it shows, and the sheet of styles that it needs."""

    template: str
    shown: Any
    style: str = ""


Read = Callable[[int], OfficePart | None]
_readers: dict[str, Read] = {}


def register(name: str, read: Read) -> None:
    """Make known how a part is read by the id of the office, at the same price for each office."""
    _readers[name] = read


def parts_of(office_id: int) -> Iterator[OfficePart]:
    """Yield the parts of an office that there are. As many statements as readers."""
    for name in sorted(_readers):
        if (found := _readers[name](office_id)) is not None:
            yield found
