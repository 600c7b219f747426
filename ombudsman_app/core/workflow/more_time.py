"""An office asks for more time, a person grants or refuses it: what every domain that does so shares.

The last day moves by the granted days, of the clock's own unit, and by nothing else: a request never stops a
clock. It is asked before the time ends. What is granted when the last day has passed already gives a new last
day, but heals nothing: an answer is late from the old one, because whoever let a day pass had no promise yet,
and lateness stays for ever (design.md §12, Responses in time). Limits are settings of the product.
"""

from dataclasses import dataclass
from datetime import date

from ombudsman_app.core.errors import MoreTimeRefused

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


def refuse_too_much(rule: MoreTimeRule, days: int, *, asked: int, waiting: int) -> None:
    """Refuse a request beyond the rule; `asked`, `waiting`: requests of the clock so far, and open ones.

    Raises MoreTimeRefused(why): waits, too_often, too_long.
    """
    if waiting:
        raise MoreTimeRefused(why="waits")
    if asked >= rule.most_requests:
        raise MoreTimeRefused(why="too_often", most=rule.most_requests)
    if not 1 <= days <= rule.most_days:
        raise MoreTimeRefused(why="too_long", most=rule.most_days)


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
