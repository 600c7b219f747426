"""Months of contribution, and how many of them lie between two days."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import total_ordering


@total_ordering
@dataclass(frozen=True)
class Month:
    """One month of a year, such as 2026-03."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    def __lt__(self, other: "Month") -> bool:
        return self.number < other.number

    @property
    def number(self) -> int:
        """Months since year 0, so that two can be taken from each other."""
        return self.year * 12 + self.month - 1

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    def plus(self, months: int) -> "Month":
        year, month = divmod(self.number + months, 12)
        return Month(year, month + 1)

    def day(self, number: int) -> date:
        """Return a day of this month; its last one where it has fewer."""
        return date(self.year, self.month, min(number, monthrange(self.year, self.month)[1]))


@dataclass(frozen=True)
class Period:
    """Months in a row, both ends included."""

    first: Month
    last: Month

    def __iter__(self) -> Iterator[Month]:
        return (self.first.plus(number) for number in range(len(self)))

    def __len__(self) -> int:
        return self.last.number - self.first.number + 1


def month_of(day: date) -> Month:
    return Month(day.year, day.month)


def started_months(start: date, end: date) -> int:
    """Return the full and started months after one day up to another; 0 where it is not later.

    From 15 January, 16 January to 15 February is one month, 16 February is in the second.
    """
    if end <= start:
        return 0
    months = month_of(end).number - month_of(start).number
    return months + (end > month_of(start).plus(months).day(start.day))
