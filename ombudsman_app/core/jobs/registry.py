"""Which work there is. Domains register theirs in `jobs.py`; `app.py` imports those."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from ombudsman_app.core.config import Settings

if TYPE_CHECKING:
    from .work import Work

ATTEMPTS = 3  # JQ4
MEMORY_BYTES = 768 << 20
TIME_SECONDS = 300


Page = Callable[[UUID, Mapping[str, Any]], tuple[str, Mapping[str, Any]]]  # of a job and its arguments
Begins = Callable[[Settings], timedelta | None]


def at_once(_settings: Settings) -> timedelta | None:
    """Let periods begin where they begin: with the hour, the day."""
    return timedelta(0)


@dataclass(frozen=True)
class Kind:
    """One kind of work, and how far it may go."""

    name: str
    function: Callable[["Work"], None]
    title: str  # msgid
    attempts: int
    time_limit_seconds: int
    memory_bytes: int
    page: Page | None  # endpoint and values, where who asked sees it; None: nobody asks for it by hand


@dataclass(frozen=True)
class Periodic:
    """Work that is wanted again and again."""

    kind: str
    every: timedelta
    begins: "Begins"  # when a period begins, counted from midnight UTC; None: not wanted in this house


_kinds: dict[str, Kind] = {}
_periodic: dict[str, Periodic] = {}


def job(
    name: str,
    title: str,
    *,
    attempts: int = ATTEMPTS,
    time_limit_seconds: int = TIME_SECONDS,
    memory_bytes: int = MEMORY_BYTES,
    page: Page | None = None,
) -> Callable[[Callable[["Work"], None]], Callable[["Work"], None]]:
    """Register a function as the work of this name, with its title for people. It may run twice or half.

    Whoever asks for work that has a `page` is told how it ended.
    """

    def register(function: Callable[["Work"], None]) -> Callable[["Work"], None]:
        _kinds[name] = Kind(name, function, title, attempts, time_limit_seconds, memory_bytes, page)
        return function

    return register


def periodic(
    name: str,
    title: str,
    *,
    every: timedelta,
    begins: Begins = at_once,
    time_limit_seconds: int = TIME_SECONDS,
    page: Page | None = None,
) -> Callable[[Callable[["Work"], None]], Callable[["Work"], None]]:
    """Register work that is fired once in each period, counted from the epoch."""

    def register(function: Callable[["Work"], None]) -> Callable[["Work"], None]:
        _periodic[name] = Periodic(name, every, begins)
        return job(name, title, time_limit_seconds=time_limit_seconds, page=page)(function)

    return register


def kind_of(name: str) -> Kind | None:
    """Return a kind of work, None where this release does not know it."""
    return _kinds.get(name)


def periodic_work() -> tuple[Periodic, ...]:
    """Return all that is wanted again and again."""
    return tuple(_periodic.values())
