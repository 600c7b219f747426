"""When invented complaints came in: over two years, more of late, fewer on days off."""

from bisect import bisect_right
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from ombudsman_app.core.workflow.holiday_calendar import HolidayCalendar

from .dice import Dice, Weighted

DAYS = 730
_OLDEST_SHARE = 0.35  # of what comes in on a day now
_DAY_OFF_SHARE = 0.3
_HOURS = Weighted(
    {7: 3, 8: 8, 9: 12, 10: 13, 11: 10, 12: 6, 13: 8, 14: 9, 15: 7, 16: 5, 18: 3, 19: 5, 20: 6, 21: 4}
)


class Inflow:
    """Which day the i-th of so many complaints came in. In order: the first one is the oldest."""

    def __init__(self, number: int, today: date, calendar: HolidayCalendar) -> None:
        self._number = number
        self._first = today - timedelta(days=DAYS - 1)
        days = [self._first + timedelta(days=n) for n in range(DAYS)]
        self._ends = list(
            accumulate(
                (_OLDEST_SHARE + (1 - _OLDEST_SHARE) * n / DAYS)
                * (1 if calendar.is_working_day(day) else _DAY_OFF_SHARE)
                for n, day in enumerate(days)
            )
        )

    def day(self, index: int, dice: Dice) -> date:
        at = (index + dice.share()) / self._number * self._ends[-1]
        return self._first + timedelta(days=min(bisect_right(self._ends, at), DAYS - 1))


def instant(day: date, zone: ZoneInfo, dice: Dice, *, now: datetime) -> datetime:
    """Return a likely instant on a day, never one that is still to come."""
    at = datetime.combine(day, time(_HOURS.pick(dice), dice.below(60), dice.below(60)), zone)
    return at if at <= now else now - timedelta(seconds=60 + dice.below(3600))
