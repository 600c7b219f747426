"""Months as they stand in numbers of papers, and steps of whole months."""

from calendar import monthrange
from datetime import date

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def roman_month(month: int) -> str:
    """Return XI for 11."""
    return _ROMAN[month - 1]


def months_before(day: date, months: int) -> date:
    """Return the same day so many months earlier; the last day of a month that has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
