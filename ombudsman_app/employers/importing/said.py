"""What one row says of the workers of its employer, on one day, by one source."""

from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from ombudsman_app.employers.gaps import Gap
from ombudsman_app.employers.states import SourceKind
from ombudsman_app.imports.kinds import Context

from .columns import Row


class Said(NamedTuple):
    """In the words of `gaps.Counted`."""

    observed_on: date
    workers_low: int | None
    workers_high: int | None
    registered_low: int | None
    registered_high: int | None
    wage_paid: int | None
    wage_reported: int | None
    source_kind: SourceKind
    source: str

    def is_in(self, seen: Any) -> bool:
        """Whether this very word was stored before."""
        return bool(
            seen.observed_on == self.observed_on
            and seen.workers_low == self.workers_low
            and seen.workers_high == self.workers_high
            and seen.registered_low == self.registered_low
            and seen.registered_high == self.registered_high
            and seen.wage_paid == self.wage_paid
            and seen.wage_reported == self.wage_reported
            and seen.source_kind == self.source_kind
            and seen.source == self.source
        )


_day = lru_cache(maxsize=4096)(date.fromisoformat)
_kind = lru_cache(maxsize=64)(SourceKind)


def said_of(row: Row, context: Context) -> Said:
    """Read what a row says. The wage of a list of BPJS is the one that was reported there."""
    kind = _kind(context.source_kind)
    is_reported = kind is SourceKind.BPJS
    workers, registered = row.workers or (None, None), row.registered or (None, None)
    return Said(
        _day(row.as_of) if row.as_of else context.as_of,
        workers[0],
        workers[1],
        registered[0],
        registered[1],
        None if is_reported else row.wage,
        row.wage if is_reported else None,
        kind,
        context.source,
    )


def gap_of_one(said: Said) -> Gap:
    """Return the gap of an employer of whom nothing else was said: `gaps.gap_of` in short."""
    if said.workers_low is None or said.registered_low is None:
        return Gap(0, 0, said.workers_high, said.registered_high, said.observed_on)
    low = max(0, said.workers_low - (said.registered_high or 0))
    high = max(0, (said.workers_high or 0) - said.registered_low)
    return Gap(low, high, said.workers_high, said.registered_high, said.observed_on)
