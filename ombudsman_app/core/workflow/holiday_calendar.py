"""Which days are off, and why. Read from the shipped file, a file of the same form, or the table."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from hashlib import sha256
from pathlib import Path

from ombudsman_app.core.limits import EARLIEST_YEAR, LATEST_YEAR

SHIPPED = Path(__file__).parent / "holidays_id.csv"
COLUMNS = ("date", "kind", "name", "scope", "source", "version")
NATIONAL_SCOPE = "ID"
LONGEST_FILE_BYTES = 2_000_000
LONGEST = {"name": 200, "scope": 10, "source": 200, "version": 40}  # as the columns of the table
LONGEST_VERSION = 64  # of a whole calendar, stored beside each counted day
_DIGEST_LETTERS = 16
_SATURDAY = 5
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class HolidayKind(StrEnum):
    """Why a weekday is off."""

    NATIONAL = "national"  # hari libur nasional, election days too
    JOINT_LEAVE = "joint_leave"  # cuti bersama
    REGIONAL = "regional"  # fixed by a governor, entered by hand; scope is the province code


class Why(StrEnum):
    """Why a day was counted or skipped. Pages translate the code; `Step.reason` is the English text."""

    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"
    MONTH = "month"
    YEAR = "year"
    WEEKEND = "weekend"
    NATIONAL = "national"
    JOINT_LEAVE = "joint_leave"
    REGIONAL = "regional"
    PAUSED = "paused"
    GRANTED = "granted"  # a day of more time that a person granted
    MADE_UP = "made_up"  # a day added at the end for a day of the pause
    ROLLED = "rolled"


class CalendarBroken(ValueError):
    """A holiday file is refused; the text says where and why."""


@dataclass(frozen=True, slots=True)
class DayOff:
    """One day off as the calendar knows it. `scope` is ID or the code of a province."""

    day: date
    kind: HolidayKind
    name: str
    scope: str = NATIONAL_SCOPE
    source: str = ""
    version: str = ""


class HolidayCalendar:
    """Days off of the whole country, and of one province where its code is given.

    `version` names the days that a stored deadline was computed with: the same days, the same version.
    """

    def __init__(self, days: Iterable[DayOff], *, province: str | None = None) -> None:
        scopes = {NATIONAL_SCOPE, province}
        here = (day for day in days if day.scope in scopes)
        self.days = tuple(sorted(here, key=lambda day: (day.day, day.kind, day.scope)))
        self.version = _version_of(self.days)
        self.years = frozenset(day.day.year for day in self.days)
        self.joint_leave_years = frozenset(d.day.year for d in self.days if d.kind is HolidayKind.JOINT_LEAVE)
        self._firm: dict[date, tuple[Why, str]] = {}
        self._leave: dict[date, tuple[Why, str]] = {}
        for day in self.days:
            where = self._leave if day.kind is HolidayKind.JOINT_LEAVE else self._firm
            named = where[day.day][1] + " / " if day.day in where else ""
            where[day.day] = (Why(day.kind.value), named + day.name)

    def why_off(self, day: date, joint_leave: bool = True) -> tuple[Why, str] | None:
        """Return why a day is no working day, with the weekday or the holiday's name; None if it is one."""
        weekday = day.weekday()
        if weekday >= _SATURDAY:
            return Why.WEEKEND, _WEEKDAYS[weekday]
        off = self._firm.get(day)
        return off if off or not joint_leave else self._leave.get(day)

    def is_working_day(self, day: date, joint_leave: bool = True) -> bool:
        return self.why_off(day, joint_leave) is None


def _version_of(days: Iterable[DayOff]) -> str:
    """Return a readable beginning and a digest of the days, however many sources they came from."""
    digest, words = sha256(), set()
    for day in days:
        digest.update(f"{day.day} {day.kind} {day.scope}\n".encode())
        words.add(day.version)
    tail = f" · {digest.hexdigest()[:_DIGEST_LETTERS]}"
    named = "; ".join(sorted(words - {""})) or "days"
    return named[: LONGEST_VERSION - len(tail)] + tail


def refuse_unstorable(day: DayOff) -> None:
    """Raise CalendarBroken for words that a column cannot hold: too long, or with control characters."""
    for column, longest in LONGEST.items():
        word = getattr(day, column)
        if len(word) > longest or not word.isprintable():
            raise CalendarBroken(f"{column} must be one line of at most {longest} characters")


@cache
def shipped(province: str | None = None) -> HolidayCalendar:
    """Return the calendar of the shipped file, read once."""
    return HolidayCalendar(read_file(SHIPPED), province=province)


def read_file(path: Path) -> list[DayOff]:
    """Read a CSV of the shipped form. Raises CalendarBroken with the line, OSError if there is no file."""
    with path.open("rb") as file:
        raw = file.read(LONGEST_FILE_BYTES + 1)
    if len(raw) > LONGEST_FILE_BYTES:
        raise CalendarBroken(f"the holiday file is larger than {LONGEST_FILE_BYTES} bytes")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CalendarBroken("the holiday file is not UTF-8 text") from None
    return list(_rows(text))


def _rows(text: str) -> Iterator[DayOff]:
    reader = csv.reader(text.splitlines(), strict=True)
    seen: set[tuple[date, HolidayKind, str]] = set()
    try:
        if tuple(next(reader, ())) != COLUMNS:
            raise CalendarBroken(f"line 1: the columns must be {','.join(COLUMNS)}")
        for cells in reader:
            day = _row(cells, reader.line_num)
            key = (day.day, day.kind, day.scope)
            if key in seen:
                raise CalendarBroken(f"line {reader.line_num}: this day stands there twice")
            seen.add(key)
            yield day
    except csv.Error:
        raise CalendarBroken(f"line {reader.line_num}: this is no CSV") from None
    if not seen:
        raise CalendarBroken("the holiday file names no day")


def _row(cells: list[str], line: int) -> DayOff:
    if len(cells) != len(COLUMNS):
        raise CalendarBroken(f"line {line}: a row has {len(COLUMNS)} cells")
    word, kind, name, scope, source, version = cells
    try:
        day = date.fromisoformat(word)
    except ValueError:
        day = date.min
    if day.isoformat() != word or not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise CalendarBroken(f"line {line}: the date must be a day written as 2026-12-25")
    if kind not in tuple(HolidayKind):
        raise CalendarBroken(f"line {line}: the kind must be one of {', '.join(HolidayKind)}")
    if not name.strip() or not scope.strip():
        raise CalendarBroken(f"line {line}: name and scope must not be empty")
    read = DayOff(day, HolidayKind(kind), name, scope, source, version)
    try:
        refuse_unstorable(read)
    except CalendarBroken as broken:
        raise CalendarBroken(f"line {line}: {broken}") from None
    return read
