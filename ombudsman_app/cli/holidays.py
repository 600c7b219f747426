"""`ombudsman holidays …`: the shipped file of days off, and the table that deadlines are counted with."""

from pathlib import Path

import click

from ombudsman_app.core.workflow.holiday_calendar import (
    SHIPPED,
    CalendarBroken,
    DayOff,
    HolidayKind,
    read_file,
)
from ombudsman_app.core.workflow.package_days import FIRST_YEAR, LAST_YEAR, as_csv, days_from_package

from .lines import BadInput, Plain, PlainGroup

_WORDS = {
    HolidayKind.NATIONAL: "national holiday",
    HolidayKind.JOINT_LEAVE: "joint leave",
    HolidayKind.REGIONAL: "regional holiday",
}


@click.group(cls=PlainGroup)
def holidays() -> None:
    """National holidays and joint leave (cuti bersama)."""


@holidays.command(cls=Plain)
@click.option("--out", metavar="FILE", help="Where to write it (default: the shipped file).")
def generate(out: str | None) -> None:
    """Write the shipped file anew from the `holidays` package."""
    days = days_from_package()
    target = Path(out) if out else SHIPPED
    try:
        target.write_text(as_csv(days), encoding="utf-8")
    except OSError:
        raise BadInput(f"the file {target.name!r} cannot be written.") from None
    click.echo(f"{len(days)} days off, {FIRST_YEAR} to {LAST_YEAR}.")


@holidays.command(name="list", cls=Plain)
@click.argument("year")
@click.option("--stored", is_flag=True, help="From the table instead of the shipped file.")
@click.option("--holidays", "file", metavar="FILE", help="From a file of the same form.")
def list_command(year: str, stored: bool, file: str | None) -> None:
    """Print the days off of YEAR, one a line: date, kind, scope, name."""
    if not (year.isascii() and year.isdigit() and len(year) == 4):
        raise BadInput("YEAR is a number such as 2026.")
    found = [day for day in _days(stored, file) if day.day.year == int(year)]
    if not found:
        raise BadInput(f"there are no days off for {year} in the calendar.")
    for day in found:
        click.echo(f"{day.day}  {_WORDS[day.kind]:16}  {day.scope:3}  {day.name}")
    if not any(day.kind is HolidayKind.JOINT_LEAVE for day in found):
        click.echo(f"Warning: no data on joint leave for {year}.", err=True)


@holidays.command(name="import", cls=Plain)
@click.option("--holidays", "file", metavar="FILE", help="From a holiday file instead of the package.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def import_command(file: str | None, yes: bool) -> None:
    """Bring days off into the table, after a person has seen what changes."""
    from ombudsman_app.app import create_app
    from ombudsman_app.core.db import db
    from ombudsman_app.core.policy import STRANGER
    from ombudsman_app.core.workflow.commands import change_by, import_holidays

    days = _days(False, file) if file else days_from_package()
    with create_app().app_context():
        change = change_by(days)
        db.release()  # no lock is held while a person thinks
        if not change:
            click.echo("The table has these days already.")
            return
        for sign, changed in (("-", change.removed), ("+", change.added)):
            for day in changed:
                click.echo(f"{sign} {day.day}  {_WORDS[day.kind]:16}  {day.scope:3}  {day.name}")
        if not yes and not click.confirm(f"{len(change.added)} to add, {len(change.removed)} to remove?"):
            raise SystemExit(1)
        change = import_holidays(days, actor=STRANGER)
    click.echo(f"{len(change.added)} days added, {len(change.removed)} removed.")


def _days(stored: bool, file: str | None) -> list[DayOff]:
    if stored:
        from ombudsman_app.app import create_app
        from ombudsman_app.core.workflow.models import stored_days

        with create_app().app_context():
            return stored_days()
    try:
        return read_file(Path(file) if file else SHIPPED)
    except CalendarBroken as broken:
        raise BadInput(f"{broken}.") from None
    except (OSError, ValueError):
        raise BadInput(f"the holiday file {file!r} cannot be read.") from None
