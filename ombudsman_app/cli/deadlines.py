"""`ombudsman deadlines explain`: count a deadline and say why for each day. No database."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from ombudsman_app.core.workflow.deadlines import (
    Explanation,
    NotCountable,
    Pause,
    Unit,
    ends_at,
    explain,
    refuse_uncountable,
)
from ombudsman_app.core.workflow.holiday_calendar import CalendarBroken, HolidayCalendar, read_file, shipped

from .lines import BadInput, Plain, PlainGroup, objects_in, print_line

_KEYS = {"start", "length", "unit", "joint_leave", "pauses", "granted"}
_NEEDED = ("start", "length", "unit")
_UNITS = tuple(unit.value for unit in Unit if unit is not Unit.HOURS)
_MOST_PAUSES = 100
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
@click.option("--pause", "pauses", multiple=True, metavar="FIRST/LAST", help="Days on which it stood still.")
@click.option("--granted", metavar="NUMBER", help="Days of more time behind the length.")
@click.option("--zone", metavar="ZONE", help="Zone of the office, such as Asia/Makassar: adds `ends_at`.")
@click.option("--no-joint-leave", is_flag=True, help="Count days of joint leave as working days.")
@click.option("--holidays", metavar="FILE", help="A holiday file instead of the shipped one.")
def explain_command(
    *,
    file: str | None,
    start: str | None,
    length: str | None,
    unit: str | None,
    pauses: tuple[str, ...],
    granted: str | None,
    zone: str | None,
    no_joint_leave: bool,
    holidays: str | None,
) -> None:
    """Count one deadline from the options, or those in FILE (`-`: JSON lines), and print JSON.

    FILE holds objects with the keys start, length, unit and perhaps joint_leave, granted and pauses, a list
    of objects with first and last.
    """
    options = {"start": start, "length": length, "unit": unit, "granted": granted}
    given: dict[str, Any] = {name: text for name, text in options.items() if text is not None}
    if pauses:
        given["pauses"] = [_ends_of(pause) for pause in pauses]
    if file is not None and given:
        raise BadInput(f"give either a file or --{next(iter(given)).removesuffix('s')}, not both.")
    calendar, checked_zone = _calendar(holidays), _zone(zone)
    asked = list(objects_in(file)) if file is not None else [("", _from_options(given))]
    # All lines are checked before the first answer, so that bad input leaves nothing half done.
    rules = [(place, _rule(place, held, joint_leave=not no_joint_leave)) for place, held in asked]
    for place, rule in rules:
        print_line(_answer(place, rule, calendar, checked_zone))


def _from_options(given: dict[str, Any]) -> dict[str, Any]:
    numbers = {name: given.get(name, "") for name in ("length", "granted")}
    return given | {name: int(text) for name, text in numbers.items() if _NUMBER.fullmatch(text)}


def _ends_of(pause: str) -> dict[str, str]:
    first, _slash, last = pause.partition("/")
    return {"first": first, "last": last}


@dataclass(frozen=True)
class _Rule:
    """One deadline that was asked for."""

    start: date
    length: int
    unit: Unit
    joint_leave: bool
    pauses: tuple[Pause, ...]
    granted: int


def _rule(place: str, held: dict[str, Any], *, joint_leave: bool) -> _Rule:
    """Read what is counted. Raises BadInput."""
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
    granted = held.get("granted", 0)
    if type(granted) is not int:
        raise BadInput(f"{place}granted must be a whole number.")
    start = _day(place, held["start"])
    try:
        refuse_uncountable(start, length, Unit(unit), granted)
        pauses = _pauses(place, held.get("pauses", []))
    except NotCountable as refused:
        raise BadInput(f"{place}{refused}.") from None
    return _Rule(start, length, Unit(unit), observed, pauses, granted)


def _pauses(place: str, given: object) -> tuple[Pause, ...]:
    if not isinstance(given, list) or len(given) > _MOST_PAUSES:
        raise BadInput(f"{place}pauses must be a list of at most {_MOST_PAUSES}.")
    found = []
    for pause in given:
        if not isinstance(pause, dict) or set(pause) != {"first", "last"}:
            raise BadInput(f"{place}a pause has first and last.")
        found.append(Pause(*(_day(place, pause[end], f"{end} of a pause") for end in ("first", "last"))))
    return tuple(found)


def _day(place: str, given: object, name: str = "start") -> date:
    try:
        if isinstance(given, str) and _DAY.fullmatch(given):
            return date.fromisoformat(given)
    except ValueError:
        pass
    raise BadInput(f"{place}{name} must be a day of the calendar written as 2026-11-20.")


def _answer(place: str, rule: _Rule, calendar: HolidayCalendar, zone: str | None) -> dict[str, Any]:
    try:
        counted: Explanation = explain(
            rule.start,
            rule.length,
            rule.unit,
            calendar,
            rule.joint_leave,
            pauses=rule.pauses,
            granted=rule.granted,
        )
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
