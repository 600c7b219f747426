"""A sample of claim files: how many were decided in time, by the law or by the shorter promise of the branch.

Facts: `claim_time_standards` of rules/audits.yaml; audits.md §5: "if the branch promises less time than the
law, the promise counts".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from itertools import pairwise

from ombudsman_app.core.limits import EARLIEST_YEAR, LATEST_YEAR
from ombudsman_app.core.workflow.deadlines import Unit, day_zero_again, days_left, explain
from ombudsman_app.core.workflow.holiday_calendar import HolidayCalendar

from .answers import Answer
from .definition.shape import Definition, Indicator, Verified
from .definition.shipped import audit_rules, words
from .suggestion import SamplesUnfit, Suggestion

MOST_FILES = 1_000
_LONGEST = timedelta(days=3_660)
_UNITS = {"working": Unit.WORKING_DAYS, "calendar": Unit.CALENDAR_DAYS}
TOO_FEW, UNVERIFIED, SOME_LEFT_OUT = "too_few", "unverified_standard", "some_left_out"


@dataclass(frozen=True)
class ClaimStandard:
    """How long a claim of one programme may take."""

    programme: str
    days: int
    unit: Unit
    starts: str
    legal: str
    verified: Verified


class Outcome(StrEnum):
    """What became of one file of the sample."""

    IN_TIME = "in_time"
    LATE = "late"
    OPEN_IN_TIME = "open_in_time"  # not decided, and the last day is not over: not counted
    OPEN_LATE = "open_late"  # not decided, and the last day is over: late
    NOT_COMPLETE = "not_complete"  # the clock never began: not counted

    @property
    def is_counted(self) -> bool:
        return self in (Outcome.IN_TIME, Outcome.LATE, Outcome.OPEN_LATE)


class LimitOf(StrEnum):
    """Whose time was counted against."""

    LAW = "law"
    PROMISE = "promise"


@dataclass(frozen=True)
class ClaimFile:
    """One file as it was seen. `complete_on`: complete and correct, or verified (JKP): the clock begins."""

    programme: str
    received_on: date | None
    complete_on: date | None
    decided_on: date | None
    promised_days: int | None = None
    label: str = ""


@dataclass(frozen=True)
class ClaimLine:
    """A file and how it was counted."""

    file: ClaimFile
    outcome: Outcome
    days: int
    limit_of: LimitOf
    due: date | None
    taken: int | None  # days of the same kind, from the day the clock began
    asked_again: int | None  # calendar days between receipt and completeness: papers were asked for


@cache
def claim_standards() -> Mapping[str, ClaimStandard]:
    """Return the standards by programme."""
    return {
        row["program"]: ClaimStandard(
            programme=row["program"],
            days=row["days"],
            unit=_UNITS[row["day_type"]],
            starts=row["starts"],
            legal=row["legal"],
            verified=Verified(row["verified"]),
        )
        for row in audit_rules()["claim_time_standards"]
    }


def programme_of(indicator: Indicator) -> str | None:
    """Return the programme whose files an indicator is about, by its item."""
    name: str | None = words()["claims"].get(indicator.item)
    return name


def suggest_from_claims(
    files: Sequence[ClaimFile],
    programme: str,
    definition: Definition,
    calendar: HolidayCalendar,
    *,
    as_of: date | None = None,
    joint_leave: bool = True,
) -> Suggestion:
    """Return how many files of a programme were decided in time. Files of others are passed over.

    `as_of`: the day of the visit; without it files that are not decided are not counted. Raises
    SamplesUnfit for an unknown programme, days in a wrong order, too many files.
    """
    standard = claim_standards().get(programme)
    if standard is None:
        raise SamplesUnfit("unknown_programme", programme=programme)
    asked = [file for file in files if file.programme == programme]
    if len(asked) > MOST_FILES:
        raise SamplesUnfit("too_many_files", most=MOST_FILES)
    counting = _Counting(standard, calendar, as_of, joint_leave)
    lines = tuple(_line(number, file, counting) for number, file in enumerate(asked, 1))
    counted = [line for line in lines if line.outcome.is_counted]
    in_time = sum(line.outcome is Outcome.IN_TIME for line in counted)
    values = {"programme": programme, "in_time": in_time, "counted": len(counted), "of": len(lines)}
    if not counted:
        return Suggestion(None, "no_claims", values, lines)
    is_few = len(counted) < definition.min_denominator
    uses_law = any(line.limit_of is LimitOf.LAW for line in counted)
    warnings = {
        TOO_FEW: is_few,
        UNVERIFIED: uses_law and standard.verified is Verified.UNVERIFIED,
        SOME_LEFT_OUT: len(counted) < len(lines),
    }
    answer = Answer(numerator=in_time, denominator=len(counted))
    told = tuple(name for name, holds in warnings.items() if holds)
    return Suggestion(answer, "claims_in_time", values, lines, told)


@dataclass(frozen=True)
class _Counting:
    """What all files of a sample are counted by."""

    standard: ClaimStandard
    calendar: HolidayCalendar
    as_of: date | None
    joint_leave: bool

    def taken(self, start: date, end: date) -> int:
        """Return the number of the day on which it ended, of the standard's kind; 0: the day it began.

        What is decided on a day off counts with the working day after it: the one before is over.
        """
        if self.standard.unit is Unit.CALENDAR_DAYS or end <= start:
            return max(0, (end - start).days)
        is_off = not self.calendar.is_working_day(end, self.joint_leave)
        return days_left(start, end, self.calendar, self.joint_leave) + is_off


def _line(number: int, file: ClaimFile, counting: _Counting) -> ClaimLine:
    _refuse_days(number, file)
    days, limit_of = _limit(number, file, counting.standard)
    if file.complete_on is None:
        return ClaimLine(file, Outcome.NOT_COMPLETE, days, limit_of, None, None, None)
    unit, calendar = counting.standard.unit, counting.calendar
    start = day_zero_again(file.complete_on, unit, calendar, counting.joint_leave)
    due = explain(start, days, unit, calendar, counting.joint_leave).due
    taken = None
    if file.decided_on is not None:
        outcome = Outcome.IN_TIME if file.decided_on <= due else Outcome.LATE
        taken = counting.taken(start, file.decided_on)
    else:
        is_over = counting.as_of is not None and counting.as_of > due
        outcome = Outcome.OPEN_LATE if is_over else Outcome.OPEN_IN_TIME
    asked_again = (file.complete_on - file.received_on).days if file.received_on else None
    return ClaimLine(file, outcome, days, limit_of, due, taken, asked_again)


def _limit(number: int, file: ClaimFile, standard: ClaimStandard) -> tuple[int, LimitOf]:
    """Return the days that count: a promise only where it is shorter than the law."""
    promised = file.promised_days
    if promised is not None and promised < 1:
        raise SamplesUnfit("promise_below_one_day", number=number)
    if promised is not None and promised < standard.days:
        return promised, LimitOf.PROMISE
    return standard.days, LimitOf.LAW


def _refuse_days(number: int, file: ClaimFile) -> None:
    """A file is received, then complete, then decided, within ten years."""
    days = [(name, getattr(file, name)) for name in ("received_on", "complete_on", "decided_on")]
    known = [(name, day) for name, day in days if day is not None]
    if any(not EARLIEST_YEAR <= day.year < LATEST_YEAR for _name, day in known):
        raise SamplesUnfit("day_out_of_range", number=number)
    for (name, day), (later_name, later) in pairwise(known):
        if later < day:
            raise SamplesUnfit("days_in_wrong_order", number=number, first=name, second=later_name)
        if later - day > _LONGEST:
            raise SamplesUnfit("days_too_far_apart", number=number, first=name, second=later_name)
