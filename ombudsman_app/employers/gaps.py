"""How many workers are left out, by what several sources said: a range, never one source over another."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from .states import SourceKind


class Counted(Protocol):
    """What an observation counts; a row of a sheet counts in the same words."""

    @property
    def observed_on(self) -> date: ...
    @property
    def source_kind(self) -> SourceKind: ...
    @property
    def workers_low(self) -> int | None: ...
    @property
    def workers_high(self) -> int | None: ...
    @property
    def registered_low(self) -> int | None: ...
    @property
    def registered_high(self) -> int | None: ...


@dataclass(frozen=True)
class Gap:
    """Workers without registration, at least and at most. `workers`, `registered`: the most that was said."""

    low: int
    high: int
    workers: int | None
    registered: int | None
    observed_on: date | None


NOTHING = Gap(0, 0, None, None, None)


def gap_of(observations: Iterable[Counted]) -> Gap:
    """Return the gap of one employer over the newest word of each kind of source.

    A source that counts workers alone is set against every count of the registered, and the other way round:
    the licensing office knows the workers, BPJS who is registered. Low: the fewest workers less the most
    registered, never below 0; high: the other way. Without one of the two there is no gap to tell.
    """
    newest: dict[SourceKind, Counted] = {}
    for seen in sorted(observations, key=lambda one: one.observed_on):
        newest[seen.source_kind] = seen
    said = list(newest.values())
    if not said:
        return NOTHING
    workers = [(s.workers_low, s.workers_high) for s in said if s.workers_low is not None]
    registered = [(s.registered_low, s.registered_high) for s in said if s.registered_low is not None]
    most_workers = max((high or 0 for _low, high in workers), default=None)
    most_registered = max((high or 0 for _low, high in registered), default=None)
    low = high = 0
    if workers and registered:
        low = max(0, min(low or 0 for low, _high in workers) - (most_registered or 0))
        high = max(0, (most_workers or 0) - min(low or 0 for low, _high in registered))
    return Gap(low, high, most_workers, most_registered, max(s.observed_on for s in said))
