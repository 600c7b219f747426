"""The shape of what is to be done next."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class NextAction:
    """One sentence, and where it is done: a page (`endpoint`) or a part of this one (`anchor`).

    Neither: it is for somebody else (`is_mine` is False), or follows later.
    """

    title: str
    words: str
    label: str = ""
    endpoint: str = ""
    is_post: bool = False
    anchor: str = ""
    is_mine: bool = True
    values: Mapping[str, str] = field(default_factory=dict)  # more of the address
    second: tuple[str, str] | None = None  # another way on: its words and its page
