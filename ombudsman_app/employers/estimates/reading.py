"""Reads foreign input field by field: what is wrong or unknown is noted, never guessed."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from ombudsman_app.core.limits import EARLIEST_YEAR, LATEST_YEAR

from .fields import BILL_FIELDS, Field, Kind
from .months import Month
from .problems import Problem

_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_REGION = re.compile(r"[0-9]{2}(\.[0-9]{2})?", re.ASCII)
_SHOWN = 40
Read = dict[str, Any]


def read_fields(
    held: Mapping[str, Any], fields: Mapping[str, Field], problems: list[Problem], at: str = ""
) -> Read:
    """Return what could be read, by key; None stands for a key that is not there.

    Whole numbers are int (neither true nor 30.0), months `Month`, days `date`. Problems are added.
    """
    for key in held:
        if key not in fields:
            problems.append(
                Problem(at, "unknown_key", {"value": str(key)[:_SHOWN], "known": ", ".join(fields)})
            )
    read: Read = {}
    for name, field in fields.items():
        place, given = f"{at}{name}", held.get(name)
        read[name] = None
        if given is not None:
            read[name] = _value(given, field, place, problems)
        elif field.needed:
            problems.append(Problem(place, "missing"))
    return read


def _value(given: object, field: Field, place: str, problems: list[Problem]) -> Any:
    match field.kind:
        case Kind.BILLS:
            return _bills(given, field, place, problems)
        case Kind.CHOICES:
            return _choices(given, field, place, problems)
    found, code, values = _single(given, field)
    if code:
        problems.append(Problem(place, code, values))
    return found


def _single(given: object, field: Field) -> tuple[Any, str, dict[str, Any]]:
    """Return the value, or a code of what is wrong with it, and its details."""
    found: Any = None
    match field.kind:
        case Kind.WHOLE:
            return _whole(given, field)
        case Kind.FLAG:
            found, code = given if type(given) is bool else None, "not_a_flag"
        case Kind.MONTH:
            found, code = month_from(given), "not_a_month"
        case Kind.DAY:
            found, code = _day(given), "not_a_day"
        case Kind.REGION:
            is_code = isinstance(given, str) and _REGION.fullmatch(given) is not None
            found, code = given if is_code else None, "not_a_region"
        case _:
            is_known = isinstance(given, str) and given in field.choices
            found, code = given if is_known else None, "not_a_choice"
    known = {"known": ", ".join(field.choices)} if code == "not_a_choice" else {}
    return (found, "", {}) if found is not None else (None, code, known)


def _whole(given: object, field: Field) -> tuple[int | None, str, dict[str, Any]]:
    """Take neither true nor 30.0 for a number."""
    if type(given) is not int:
        return None, "not_whole", {}
    if not field.least <= given <= field.most:
        return None, "out_of_range", {"least": field.least, "most": field.most}
    return given, "", {}


def month_from(given: object) -> Month | None:
    """Return the month that a text such as 2026-03 names, None if it names none of our calendar."""
    if isinstance(given, str) and (found := _MONTH.fullmatch(given)):
        month = Month(int(found[1]), int(found[2]))
        return month if EARLIEST_YEAR <= month.year < LATEST_YEAR else None
    return None


def _day(given: object) -> date | None:
    try:
        if isinstance(given, str) and _DAY.fullmatch(given):
            day = date.fromisoformat(given)
            return day if EARLIEST_YEAR <= day.year < LATEST_YEAR else None
    except ValueError:
        pass
    return None


def _list(given: object, most: int, place: str, problems: list[Problem]) -> list[Any]:
    if isinstance(given, list) and 0 < len(given) <= most:
        return given
    problems.append(Problem(place, "not_a_list", {"most": most}))
    return []


def _choices(given: object, field: Field, place: str, problems: list[Problem]) -> list[str]:
    found: list[str] = []
    for item in _list(given, len(field.choices), place, problems):
        if not isinstance(item, str) or item not in field.choices:
            problems.append(Problem(place, "not_a_choice", {"known": ", ".join(field.choices)}))
        else:
            found.append(item)
    _refuse_doubles(found, place, problems)
    return found


def _bills(given: object, field: Field, place: str, problems: list[Problem]) -> list[Read]:
    found = []
    for number, item in enumerate(_list(given, field.most, place, problems)):
        if isinstance(item, dict):
            found.append(read_fields(item, BILL_FIELDS, problems, f"{place}[{number}]."))
        else:
            problems.append(Problem(place, "not_an_object"))
    _refuse_doubles([bill["month"] for bill in found if bill["month"]], place, problems)
    return found


def _refuse_doubles(found: Iterable[Any], place: str, problems: list[Problem]) -> None:
    seen = set()
    for item in found:
        if item in seen:
            problems.append(Problem(place, "double", {"value": str(item)}))
            return
        seen.add(item)
