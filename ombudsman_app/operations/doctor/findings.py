"""What the doctor says about one thing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from ombudsman_app.core.config import Settings


class Level(StrEnum):
    """How grave it is; the order is that of the exit codes."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"


LEVELS = tuple(Level)


@dataclass(frozen=True)
class Finding:
    """One line. `advice` says what to do about it."""

    area: str
    level: Level
    text: str
    advice: str = ""


Check = Callable[[Settings], Iterator[Finding]]


def ok(area: str, text: str) -> Finding:
    """Return a finding that asks for nothing."""
    return Finding(area, Level.OK, text)


def warn(area: str, text: str, advice: str = "") -> Finding:
    """Return one to look at in the next days."""
    return Finding(area, Level.WARN, text, advice)


def bad(area: str, text: str, advice: str = "") -> Finding:
    """Return one to act on now."""
    return Finding(area, Level.BAD, text, advice)


def worst(findings: list[Finding]) -> Level:
    """Return the gravest level of all."""
    return max((found.level for found in findings), key=LEVELS.index, default=Level.OK)
