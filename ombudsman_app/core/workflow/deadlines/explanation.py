"""What a counted deadline is made of: its steps, its pauses, what the calendar did not know."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from ombudsman_app.core.workflow.holiday_calendar import Why


class Unit(StrEnum):
    """What a time limit is counted in. Hours belong to service targets only."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    MONTHS = "months"
    YEARS = "years"
    HOURS = "hours"


# The longest time limit that is counted; far above any rule, so that a slip of the pen is refused.
LONGEST = {Unit.WORKING_DAYS: 3660, Unit.CALENDAR_DAYS: 3660, Unit.MONTHS: 1200, Unit.YEARS: 100}

_TEXTS = {
    Why.WORKING_DAY: "working day",
    Why.CALENDAR_DAY: "calendar day",
    Why.MONTH: "a month ends: {}",
    Why.YEAR: "a year ends: {}",
    Why.WEEKEND: "weekend: {}",
    Why.NATIONAL: "national holiday: {}",
    Why.JOINT_LEAVE: "joint leave: {}",
    Why.REGIONAL: "regional holiday: {}",
    Why.GRANTED: "a day of more time",
    Why.PAUSED: "the clock was paused",
    Why.MADE_UP: "makes up for a day of the pause",
    Why.ROLLED: "next working day after {}",
}
SAME_DAY, LAST_DAY = "same day of the month", "last day of a shorter month"


class NotCountable(ValueError):
    """The clock cannot be counted: length, unit or dates are out of bounds. The text says which."""


@dataclass(frozen=True, slots=True)
class Step:
    """One day (of a month or year: its last day). `number` counts 1, 2, … up to the length and
    what was granted beyond it."""

    day: date
    counted: bool
    number: int | None
    why: Why
    name: str = ""  # weekday, holiday, or the day rolled from

    @property
    def reason(self) -> str:
        return _TEXTS[self.why].format(self.name)


class Gap(StrEnum):
    """What the calendar does not know about a year that was counted."""

    NO_JOINT_LEAVE = "no_joint_leave"
    NO_HOLIDAYS = "no_holidays"


@dataclass(frozen=True, slots=True)
class MissingYear:
    """A warning: the date may change when the government publishes this year's days."""

    gap: Gap
    year: int

    @property
    def text(self) -> str:
        what = "joint leave" if self.gap is Gap.NO_JOINT_LEAVE else "holidays"
        return f"no data on {what} for {self.year}: the date may still change"


@dataclass(frozen=True, slots=True)
class Pause:
    """Days on which a clock stood still, both ends included. Ground and second person: with the clock."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if not self.first <= self.last <= self.first + timedelta(days=LONGEST[Unit.CALENDAR_DAYS]):
            raise NotCountable("a pause ends after it begins and lasts ten years at most")


@dataclass(frozen=True, slots=True)
class Explanation:
    """A counted deadline with each of its steps in order, and what it was counted with.

    `granted`: days of more time, of the clock's own kind, that come after its length.
    """

    start: date
    length: int
    unit: Unit
    joint_leave: bool
    due: date
    rolled_from: date | None
    steps: tuple[Step, ...]
    warnings: tuple[MissingYear, ...]
    calendar_version: str
    pauses: tuple[Pause, ...] = ()
    granted: int = 0

    def as_json(self) -> dict[str, Any]:
        """Return the answer of `ombudsman deadlines explain`; what there is none of is left out."""
        answer: dict[str, Any] = {
            "due": self.due.isoformat(),
            "rolled_from": self.rolled_from.isoformat() if self.rolled_from else None,
            "steps": [
                {"date": s.day.isoformat(), "counted": s.counted, "number": s.number, "reason": s.reason}
                for s in self.steps
            ],
        }
        if self.pauses:
            answer["pauses"] = [
                {"first": pause.first.isoformat(), "last": pause.last.isoformat()} for pause in self.pauses
            ]
        if self.granted:
            answer["granted"] = self.granted
        if self.warnings:
            answer["warnings"] = [warning.text for warning in self.warnings]
        return answer
