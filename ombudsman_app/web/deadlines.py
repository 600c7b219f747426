"""A counted deadline as a page shows it: how far, how it looks, and why each day counts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from ombudsman_app.core.workflow.deadlines import Explanation, Gap, Step
from ombudsman_app.core.workflow.holiday_calendar import Why

from .formats import day

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
    Why.GRANTED: lambda _name: _("a day of more time"),
    Why.PAUSED: lambda _name: _("the clock was paused"),
    Why.MADE_UP: lambda _name: _("makes up for a day of the pause"),
    Why.ROLLED: lambda said: _("next working day after %(day)s", day=day(date.fromisoformat(said))),
}
_WARNINGS: dict[Gap, Callable[[int], str]] = {
    Gap.NO_HOLIDAYS: lambda year: _(
        "The holidays of %(year)s are not known yet: this day may still change.", year=year
    ),
    Gap.NO_JOINT_LEAVE: lambda year: _(
        "The joint leave of %(year)s is not known yet: this day may still change.", year=year
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
    """A deadline with its list. `look`: running, soon, late; `part_used`: percent of the time gone.

    `days` is empty where a newer calendar gives another last day; `notes` say so, and what may change yet.
    """

    due_on: date
    days_left: int
    look: str
    part_used: int
    days: list[ShownDay]
    notes: list[str]


def shown_deadline(counted: Explanation, due_on: date, today: date, *, counted_with: str) -> ShownDeadline:
    """Put a deadline into words. A list is shown only where adding its steps gives the stored `due_on`.

    `counted_with` is the version of the calendar that gave the stored day.
    """
    left, look, used = shown_time(counted.start, due_on, today)
    days, notes = [], [_WARNINGS[warning.gap](warning.year) for warning in counted.warnings]
    if counted.due == due_on:
        days = [_shown(step) for step in counted.steps]
    else:
        notes.insert(0, _differs(counted.due, due_on, counted_with))
    return ShownDeadline(due_on, left, look, used, days, notes)


def shown_time(start_on: date, due_on: date, today: date) -> tuple[int, str, int]:
    """Return the days left (negative: late), the look of the clock, the percent of its time that is gone."""
    left = (due_on - today).days
    whole = max(1, (due_on - start_on).days)
    used = min(100, max(0, 100 - 100 * left // whole))
    return left, "late" if left < 0 else "soon" if left <= SOON_DAYS else "running", used


def _differs(counted_due: date, due_on: date, counted_with: str) -> str:
    """Say that the stored day came from another calendar, and what happens to it (DI7)."""
    told = {"version": counted_with, "day": day(counted_due)}
    if counted_due < due_on:
        sentence = _(
            "This day was counted with an earlier calendar (%(version)s). Today's calendar gives %(day)s. "
            "That is earlier, so it holds only after the head of the office has released it.",
            **told,
        )
    else:
        sentence = _(
            "This day was counted with an earlier calendar (%(version)s). Today's calendar gives %(day)s; "
            "this page follows as soon as it has been counted again.",
            **told,
        )
    return str(sentence)


def _shown(step: Step) -> ShownDay:
    return ShownDay(step.day, step.counted, step.number, _REASONS[step.why](step.name))
