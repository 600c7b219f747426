"""Bringing days off into the table. Days entered by hand are never touched by an import."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, insert

from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import STRANGER, Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record

from .holiday_calendar import SHIPPED, DayOff, HolidayKind, read_file, refuse_unstorable
from .models import Holiday, stored_days


@dataclass(frozen=True)
class HolidayChange:
    """What an import would do, by date. A renamed day stands in both lists."""

    added: tuple[DayOff, ...]
    removed: tuple[DayOff, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)


def change_by(days: Iterable[DayOff]) -> HolidayChange:
    """Compare days with what the table has of the same source and years. 1 query.

    A day that somebody entered by hand, under another source, is neither added again nor removed.
    """
    stored = stored_days()
    wanted = set(days)
    sources, years = {day.source for day in wanted}, {day.day.year for day in wanted}
    by_hand = {_key(day) for day in stored if day.source not in sources}
    wanted = {day for day in wanted if _key(day) not in by_hand}
    held = {day for day in stored if day.source in sources and day.day.year in years}
    return HolidayChange(_by_date(wanted - held), _by_date(held - wanted))


@command
def import_holidays(days: Iterable[DayOff], *, actor: Actor) -> HolidayChange:
    """Make the table equal to the given days, for their source and years. Running twice changes nothing.

    Who calls this counts the open clocks of cases again afterwards (DI7). Raises CalendarBroken for
    words that no column holds.
    """
    days = list(days)
    for day in days:
        refuse_unstorable(day)
    change = change_by(days)
    for day in change.removed:
        is_it = (Holiday.day == day.day, Holiday.kind == day.kind, Holiday.scope == day.scope)
        db.session.execute(delete(Holiday).where(*is_it, Holiday.source == day.source))
    if change.added:
        db.session.execute(insert(Holiday), [_row(day) for day in change.added])
    if change:
        counts = {"added": len(change.added), "removed": len(change.removed)}
        record(Event.CORE_HOLIDAYS_IMPORTED, "holiday", None, actor=actor, changes=counts)
    return change


@command
def load_shipped() -> str | None:
    """Fill an empty table from the shipped file, for `seed reference`.

    A table that holds days is a person's business from then on: news comes by `holidays import`.
    """
    if stored_days():
        return None
    change = import_holidays(read_file(SHIPPED), actor=STRANGER)
    return f"Days off: {len(change.added)} loaded."


def _by_date(days: Iterable[DayOff]) -> tuple[DayOff, ...]:
    return tuple(sorted(days, key=_key))


def _key(day: DayOff) -> tuple[date, HolidayKind, str]:
    return day.day, day.kind, day.scope


def _row(day: DayOff) -> dict[str, object]:
    return {name: getattr(day, name) for name in ("day", "kind", "name", "scope", "source", "version")}
