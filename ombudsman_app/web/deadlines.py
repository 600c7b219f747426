"""A counted deadline as a page shows it: how far, how it looks, and why each day counts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from flask_babel import format_date
from flask_babel import gettext as _

from ombudsman_app.core.workflow.deadlines import Explanation, Step
from ombudsman_app.core.workflow.holiday_calendar import Why

SOON_DAYS = 3  # from here on a clock looks urgent; a matter of looks, not of law

_REASONS: dict[Why, Callable[[str], str]] = {
    Why.WORKING_DAY: lambda _name: _("working day"),
    Why.CALENDAR_DAY: lambda _name: _("calendar day"),
    Why.MONTH: lambda _name: _("a month ends"),
    Why.YEAR: lambda _name: _("a year ends"),
    Why.WEEKEND: lambda _name: _("weekend"),
    Why.NATIONAL: lambda name: _("national holiday: %(name)s", name=name),
    Why.JOINT_LEAVE: lambda name: _("joint leave: %(name)s", name=name),
    Why.REGIONAL: lambda name: _("regional holiday: %(name)s", name=name),
    Why.PAUSED: lambda _name: _("the clock was paused"),
    Why.MADE_UP: lambda _name: _("makes up for a day of the pause"),
    Why.ROLLED: lambda day: _(
        "next working day after %(day)s", day=format_date(date.fromisoformat(day), "long")
    ),
}


@dataclass(frozen=True)
class ShownDay:
    """One line of the list under a deadline."""

    date: date
    counted: bool
    number: int | None
    reason: str


@dataclass(frozen=True)
class ShownDeadline:
    """A deadline with its list. `look`: running, soon, late; `part_used`: percent of the time gone."""

    due_on: date
    days_left: int
    look: str
    part_used: int
    days: list[ShownDay]


def shown_deadline(counted: Explanation, due_on: date, today: date) -> ShownDeadline:
    """Put a deadline into words. `due_on` is the stored day, which adding the steps must give."""
    left = (due_on - today).days
    whole = max(1, (due_on - counted.start).days)
    used = min(100, max(0, 100 - 100 * left // whole))
    look = "late" if left < 0 else "soon" if left <= SOON_DAYS else "running"
    return ShownDeadline(due_on, left, look, used, [_shown(step) for step in counted.steps])


def _shown(step: Step) -> ShownDay:
    return ShownDay(step.day, step.counted, step.number, _REASONS[step.why](step.name))
