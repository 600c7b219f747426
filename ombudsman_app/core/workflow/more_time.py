"""An office asks for more time, a person grants or refuses it: what every domain that does so shares.

The last day moves by the granted days, of the clock's own unit, and by nothing else: a request never stops a
clock. It is asked before the time ends. What is granted when the last day has passed already gives a new last
day, but heals nothing: an answer is late from the old one, because whoever let a day pass had no promise yet,
and lateness stays for ever (design.md §12, Responses in time). Limits are settings of the product.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from .deadlines import Explanation, explain
from .holiday_calendar import HolidayCalendar
from .rules import Mark


@dataclass(frozen=True)
class MoreTimeRule:
    """How many days one request may ask for, of the clock's own unit, and how many requests a clock knows."""

    most_days: int
    most_requests: int
    src: tuple[str, ...]
    verified: Mark


class MoreTimeColumns:
    """The columns of a request for more time. `granted`: None while it waits, 0 where it was refused."""

    id: Mapped[int] = mapped_column(primary_key=True)
    days: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    form_key: Mapped[str | None] = mapped_column(String(64))  # the same form sent twice asks once (DI4)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    asked_at: Mapped[datetime]
    granted: Mapped[int | None]
    decision: Mapped[str] = mapped_column(Text, default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime | None]


def request_rules(table: str) -> tuple[Any, ...]:
    """Return what the database holds such rows to: one waits on a clock, another person decides, once."""
    waits = text("decided_at IS NULL")
    return (
        Index(f"uq_{table}_waiting", "clock_id", unique=True, sqlite_where=waits, postgresql_where=waits),
        CheckConstraint(
            "(decided_at IS NULL) = (decided_by_id IS NULL) AND (decided_at IS NULL) = (granted IS NULL)",
            name="decided",
        ),
        CheckConstraint("decided_by_id IS NULL OR decided_by_id <> asked_by_id", name="another_person"),
        CheckConstraint("days > 0 AND (granted IS NULL OR (granted >= 0 AND granted <= days))", name="days"),
    )


def with_more_time(
    now: Explanation, stored: date, days: int, holidays: HolidayCalendar
) -> tuple[Explanation, date]:
    """Return the count with so many days more, and the last day that holds.

    `now`: the count by the calendar of today; `stored`: the last day that holds. Where an earlier day waits
    for its release, the stored one moves by the same days, so that a grant releases nothing in passing.
    """
    counted = explain(
        now.start,
        now.length,
        now.unit,
        holidays,
        now.joint_leave,
        pauses=now.pauses,
        granted=now.granted + days,
    )
    if now.due >= stored:
        return counted, counted.due
    shifted = explain(stored, days, now.unit, holidays, now.joint_leave, pauses=now.pauses)
    return counted, max(counted.due, shifted.due)
