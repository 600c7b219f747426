"""`ombudsman deadlines explain`: count a deadline and say why for each day. No database."""

import re
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from ombudsman_app.core.workflow.deadlines import (
    Explanation,
    NotCountable,
    Unit,
    ends_at,
    explain,
    refuse_uncountable,
)
from ombudsman_app.core.workflow.holiday_calendar import CalendarBroken, HolidayCalendar, read_file, shipped

from .lines import BadInput, Plain, PlainGroup, objects_in, print_line

_KEYS = {"start", "length", "unit", "joint_leave"}
_NEEDED = ("start", "length", "unit")
_UNITS = tuple(unit.value for unit in Unit if unit is not Unit.HOURS)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_NUMBER = re.compile(r"[0-9]{1,6}", re.ASCII)
_ZONE = re.compile(r"[A-Za-z_]+(/[A-Za-z0-9_+-]+){0,2}", re.ASCII)


@click.group(cls=PlainGroup)
def deadlines() -> None:
    """Time limits, counted and explained."""


@deadlines.command(name="explain", cls=Plain)
@click.argument("file", required=False, metavar="[FILE]")
@click.option("--start", metavar="DAY", help="Day 0, the day of the event, such as 2026-11-20.")
@click.option("--length", metavar="NUMBER", help="How many days, months or years.")
@click.option("--unit", metavar="UNIT", help=", ".join(_UNITS))
@click.option("--zone", metavar="ZONE", help="Zone of the office, such as Asia/Makassar: adds `ends_at`.")
@click.option("--no-joint-leave", is_flag=True, help="Count days of joint leave as working days.")
@click.option("--holidays", metavar="FILE", help="A holiday file instead of the shipped one.")
def explain_command(
    *,
    file: str | None,
    start: str | None,
    length: str | None,
    unit: str | None,
    zone: str | None,
    no_joint_leave: bool,
    holidays: str | None,
) -> None:
    """Count one deadline from the options, or those in FILE (`-`: JSON lines), and print JSON.

    FILE holds objects with the keys start, length, unit and perhaps joint_leave.
    """
    options = {"start": start, "length": length, "unit": unit}
    given = {name: text for name, text in options.items() if text is not None}
    if file is not None and given:
        raise BadInput(f"give either a file or --{next(iter(given))}, not both.")
    calendar, checked_zone = _calendar(holidays), _zone(zone)
    asked = list(objects_in(file)) if file is not None else [("", _from_options(given))]
    # All lines are checked before the first answer, so that bad input leaves nothing half done.
    rules = [(place, _rule(place, held, joint_leave=not no_joint_leave)) for place, held in asked]
    for place, rule in rules:
        print_line(_answer(place, rule, calendar, checked_zone))


def _from_options(given: dict[str, str]) -> dict[str, Any]:
    length = given.get("length", "")
    return {**given, "length": int(length)} if _NUMBER.fullmatch(length) else dict(given)


def _rule(place: str, held: dict[str, Any], *, joint_leave: bool) -> tuple[date, int, Unit, bool]:
    """Read start, length, unit and joint_leave. Raises BadInput."""
    if unknown := [key for key in held if key not in _KEYS]:
        raise BadInput(f"{place}unknown key {unknown[0][:40]!r}; known are {', '.join(sorted(_KEYS))}.")
    if missing := [key for key in _NEEDED if key not in held]:
        raise BadInput(f"{place}{missing[0]} is missing.")
    length, unit = held["length"], held["unit"]
    if type(length) is not int:  # neither true nor 30.0
        raise BadInput(f"{place}length must be a whole number.")
    if not isinstance(unit, str) or unit not in _UNITS:
        raise BadInput(f"{place}unit must be one of {', '.join(_UNITS)}.")
    observed = held.get("joint_leave", joint_leave)
    if type(observed) is not bool:
        raise BadInput(f"{place}joint_leave must be true or false.")
    start = _day(place, held["start"])
    try:
        refuse_uncountable(start, length, Unit(unit))
    except NotCountable as refused:
        raise BadInput(f"{place}{refused}.") from None
    return start, length, Unit(unit), observed


def _day(place: str, given: object) -> date:
    try:
        if isinstance(given, str) and _DAY.fullmatch(given):
            return date.fromisoformat(given)
    except ValueError:
        pass
    raise BadInput(f"{place}start must be a day of the calendar written as 2026-11-20.")


def _answer(
    place: str, rule: tuple[date, int, Unit, bool], calendar: HolidayCalendar, zone: str | None
) -> dict[str, Any]:
    start, length, unit, joint_leave = rule
    try:
        counted: Explanation = explain(start, length, unit, calendar, joint_leave)
    except NotCountable as refused:
        raise BadInput(f"{place}{refused}.") from None
    answer = counted.as_json()
    if zone:
        answer["ends_at"] = ends_at(counted.due, zone).isoformat()
    return answer


def _calendar(name: str | None) -> HolidayCalendar:
    if name is None:
        return shipped()
    try:
        return HolidayCalendar(read_file(Path(name)))
    except CalendarBroken as broken:
        raise BadInput(f"{broken}.") from None
    except (OSError, ValueError):
        raise BadInput(f"the holiday file {name!r} cannot be read.") from None


def _zone(name: str | None) -> str | None:
    if name is None:
        return None
    try:
        if _ZONE.fullmatch(name):
            return ZoneInfo(name).key
    except (OSError, ValueError, LookupError):
        pass
    raise BadInput(f"{name[:40]!r} is no time zone; Asia/Jakarta, Asia/Makassar and Asia/Jayapura are.")
