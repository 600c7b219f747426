"""A count of days that knows nothing of ours: one day after another, like a finger on a wall calendar."""

from collections.abc import Collection
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


def last_day(
    start: date,
    number: int,
    off: Collection[date],
    paused: Collection[date],
    *,
    is_working: bool,
    is_literal: bool = False,
) -> date:
    """Return the last of so many days after a start.

    Working days: neither weekends nor days off count, and what is received on one counts as received on the
    next day that is none. Calendar days: all count, and an end on such a day moves to the next that is none.
    Days of a pause never count. `is_literal`: the start is a day that was counted already.
    """

    def is_off(day: date) -> bool:
        return day.isoweekday() > 5 or day in off

    day = start
    while is_working and not is_literal and is_off(day):
        day += ONE_DAY
    while number:
        day += ONE_DAY
        if day not in paused and not (is_working and is_off(day)):
            number -= 1
    while not is_working and (is_off(day) or day in paused):
        day += ONE_DAY
    return day
