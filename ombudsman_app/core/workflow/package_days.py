"""Days off from the `holidays` package, the only place that calls it. It knows no regional days."""

import csv
import io
from collections.abc import Iterable
from importlib import metadata

from .holiday_calendar import COLUMNS, NATIONAL_SCOPE, DayOff, HolidayKind

FIRST_YEAR, LAST_YEAR = 2015, 2030  # joint leave is known to 2027; later years warn
_CATEGORIES = {"public": HolidayKind.NATIONAL, "government": HolidayKind.JOINT_LEAVE}


def days_from_package(first_year: int = FIRST_YEAR, last_year: int = LAST_YEAR) -> list[DayOff]:
    """Return national holidays and joint leave, by date, with Indonesian names.

    Islamic dates of years to come are estimates and say so in their name. Source: sources.yaml
    (holidays_pkg), references of the package are the yearly SKB 3 Menteri.
    """
    import holidays

    version = f"holidays {metadata.version('holidays')}"
    days = []
    for category, kind in _CATEGORIES.items():
        found = holidays.country_holidays(
            "ID", years=range(first_year, last_year + 1), categories=(category,), language="id"
        )
        days += [
            DayOff(day, kind, name.replace("; ", " / "), NATIONAL_SCOPE, "holidays_pkg", version)
            for day, name in found.items()
        ]
    return sorted(days, key=lambda day: (day.day, day.kind))


def as_csv(days: Iterable[DayOff]) -> str:
    """Return the text of a holiday file."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((d.day.isoformat(), d.kind, d.name, d.scope, d.source, d.version) for d in days)
    return out.getvalue()
