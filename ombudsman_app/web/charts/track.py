"""The stages of something as stops on a way."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Stop:
    """One stage. place: past, now, next. `when`: in words, empty where it has not come; `number` from 1."""

    label: str
    when: str
    place: str
    number: int


def stops(stages: Sequence[tuple[str, str]], *, present: int) -> list[Stop]:
    """Put label and day of each stage on the way; `present` counts from 0. Beyond the end all is past."""
    return [
        Stop(label, when, "past" if place < present else "now" if place == present else "next", place + 1)
        for place, (label, when) in enumerate(stages)
    ]
