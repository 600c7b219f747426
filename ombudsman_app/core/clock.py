"""The only reader of the clock. Tests hold it still with `stopped_at`."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_stopped: ContextVar[datetime | None] = ContextVar("stopped_clock", default=None)


def now() -> datetime:
    """Return this instant in UTC."""
    return _stopped.get() or datetime.now(UTC)  # noqa: TID251 - the one place


def today(zone: str) -> date:
    """Return the legal day in the time zone of an office, such as Asia/Makassar."""
    return now().astimezone(ZoneInfo(zone)).date()


def monotonic() -> float:
    """Return seconds that never go back, for durations."""
    return time.monotonic()


@contextmanager
def stopped_at(instant: datetime) -> Iterator[None]:
    """Hold the clock still in this context."""
    token = _stopped.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _stopped.reset(token)
