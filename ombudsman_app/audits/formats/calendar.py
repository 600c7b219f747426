"""A month of visits, and one's own visits as a calendar file."""

from calendar import Calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import format_date
from flask_babel import get_locale
from flask_babel import gettext as _

from ombudsman_app.audits.queries.visits import OwnVisit, Visit
from ombudsman_app.core.workflow.holiday_calendar import HolidayCalendar, Why
from ombudsman_app.web.calendar_file import DueDay, calendar_file

_DAYS_OF_A_WEEK = 7


@dataclass(frozen=True)
class MonthDay:
    """One square. `off`: why it is no working day, empty where it is one; `visits` begin or go on then."""

    day: date
    is_of_month: bool
    is_today: bool
    is_weekend: bool
    off: str
    visits: Sequence[Visit]


@dataclass(frozen=True)
class Month:
    """Six weeks at most, Monday first."""

    first: date
    weeks: Sequence[Sequence[MonthDay]]
    clashing: dict[int, set[str]]

    @property
    def previous(self) -> date:
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def next(self) -> date:
        return (self.first + timedelta(days=32)).replace(day=1)

    @property
    def busy_days(self) -> Sequence[MonthDay]:
        """The days of the month on which somebody is visited, for the list."""
        return [day for week in self.weeks for day in week if day.is_of_month and day.visits]


def span_of(first: date) -> tuple[date, date]:
    """Return the first and the last square of a month."""
    squares = list(Calendar().itermonthdates(first.year, first.month))
    return squares[0], squares[-1]


def month_of(
    first: date,
    visits: Sequence[Visit],
    clashing: dict[int, set[str]],
    calendar: HolidayCalendar,
    *,
    today: date,
) -> Month:
    """Put visits on the squares of a month."""
    squares = [
        _square(day, first, visits, calendar, today)
        for day in Calendar().itermonthdates(first.year, first.month)
    ]
    weeks = [squares[start : start + _DAYS_OF_A_WEEK] for start in range(0, len(squares), _DAYS_OF_A_WEEK)]
    return Month(first, weeks, clashing)


def _square(
    day: date, first: date, visits: Sequence[Visit], calendar: HolidayCalendar, today: date
) -> MonthDay:
    off = calendar.why_off(day)
    is_weekend = off is not None and off[0] is Why.WEEKEND
    words = "" if off is None else str(_("weekend")) if is_weekend else off[1]
    on_it = [one for one in visits if one.first <= day <= one.last]
    return MonthDay(day, day.month == first.month, day == today, is_weekend, words, on_it)


def visits_file(visits: Sequence[OwnVisit], *, product: str, host: str) -> bytes:
    """Write one's own visits for a calendar program."""
    days = [
        DueDay(
            uid=f"audit-visit-{one.audit_id}@{host}",
            day=one.first,
            until=one.last,
            words=_words(one),
            changed_at=one.changed_at,
            sequence=one.version,
            remind_on=one.first - timedelta(days=1),
        )
        for one in visits
    ]
    visits = _("Visits")
    return calendar_file(f"{product} · {visits}", days, product=product)


def _words(one: OwnVisit) -> str:
    said = str(_("Audit visit: %(office)s", office=one.office))
    return f"{said} ({one.reference})" if one.reference else said


def month_year(day: date) -> str:
    """Name a month: November 2026."""
    return _written(day, "MMMM yyyy")


def weekday(day: date) -> str:
    """Name a weekday."""
    return _written(day, "EEEE")


def weekday_brief(day: date) -> str:
    """Name a weekday in few letters."""
    return _written(day, "EEE")


def _written(day: date, pattern: str) -> str:
    return format_date(day, pattern, locale=str(get_locale() or "id"))


FILTERS = {"month_year": month_year, "weekday": weekday, "weekday_brief": weekday_brief}
