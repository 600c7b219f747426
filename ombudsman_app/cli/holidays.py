"""`ombudsman holidays …`: the shipped file of days off, and the table that deadlines are counted with."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from ombudsman_app.core.limits import EMAIL, ID_DIGITS
from ombudsman_app.core.workflow.holiday_calendar import (
    SHIPPED,
    CalendarBroken,
    DayOff,
    HolidayKind,
    read_file,
)
from ombudsman_app.core.workflow.package_days import FIRST_YEAR, LAST_YEAR, as_csv, days_from_package

from .lines import BadInput, Plain, PlainGroup
from .opened import opened_app

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
    """Bring days off into the table, after a person has seen what changes; count open clocks again.

    Open clocks are counted again even when no day changes: it finishes what a broken run left undone.
    """
    from ombudsman_app.audits.commands import recount_audit_clocks
    from ombudsman_app.complaints.commands import recount_open_clocks
    from ombudsman_app.core.db import db
    from ombudsman_app.core.policy import STRANGER
    from ombudsman_app.core.workflow.commands import change_by, import_holidays
    from ombudsman_app.employers.commands.cases import recount_case_clocks
    from ombudsman_app.employers.commands.projects import recount_project_days
    from ombudsman_app.findings.commands import recount_finding_clocks

    days = _days(False, file) if file else days_from_package()
    with _app():
        change = change_by(days)
        db.release()  # no lock is held while a person thinks
        for sign, changed in (("-", change.removed), ("+", change.added)):
            for day in changed:
                click.echo(f"{sign} {day.day}  {_WORDS[day.kind]:16}  {day.scope:3}  {day.name}")
        counts = f"{len(change.added)} to add, {len(change.removed)} to remove"
        if change and not yes and not click.confirm(f"{counts}?"):
            raise SystemExit(1)
        if change := import_holidays(days, actor=STRANGER):
            click.echo(f"{len(change.added)} days added, {len(change.removed)} removed.")
        else:
            click.echo("The table has these days already.")
        done, found = recount_open_clocks(STRANGER), recount_finding_clocks(STRANGER)
        drafts, projects = recount_audit_clocks(STRANGER), recount_project_days(STRANGER)
        cases = recount_case_clocks(STRANGER)
    if found.moved or found.waiting:
        click.echo(f"{found.moved} times to answer findings moved, {found.waiting} wait for a release.")
    if drafts.moved or drafts.waiting:
        click.echo(f"{drafts.moved} times to answer audits moved, {drafts.waiting} wait for a release.")
    if projects.moved or projects.waiting:
        click.echo(
            f"{projects.moved} times to register projects moved, {projects.waiting} wait for a release."
        )
    if cases.moved or cases.waiting:
        click.echo(f"{cases.moved} times of compliance cases moved, {cases.waiting} wait for a release.")
    click.echo(f"{done.moved} open clocks moved to a later day, {done.waiting} wait for a release.")


@holidays.command(cls=Plain)
def proposals() -> None:
    """Print the clocks that wait for a release: id, office, ticket, clock, day, earlier day."""
    from ombudsman_app.complaints.queries import proposed_days

    with _app():
        after = 0
        while found := proposed_days(after):
            for one in found:
                place = f"{one.clock_id}  {one.office}  {one.ticket}"
                click.echo(f"{place}  {one.clock:4}  {one.due_on} -> {one.proposed_due_on}")
            after = found[-1].clock_id


@holidays.command(cls=Plain)
@click.argument("clock_id")
@click.option("--by", "email", required=True, metavar="EMAIL", help="The head of the office who releases it.")
def release(clock_id: str, email: str) -> None:
    """Let clock CLOCK_ID end on the earlier day that waits."""
    from ombudsman_app.accounts.queries import actor_for, user_by_email
    from ombudsman_app.complaints.commands import release_earlier_day
    from ombudsman_app.complaints.queries import visible_clock
    from ombudsman_app.core.errors import NotAllowed, RecordChanged

    if not (clock_id.isascii() and clock_id.isdigit() and len(clock_id) <= ID_DIGITS):
        raise BadInput("CLOCK_ID is a number of `ombudsman holidays proposals`.")
    with _app():
        person = user_by_email(email.strip().casefold()[:EMAIL])
        actor = actor_for(person.id) if person else None
        if actor is None:
            raise BadInput("there is no active account with this address.")
        clock = visible_clock(actor, int(clock_id))
        if clock is None:
            raise BadInput("this person sees no such clock.")
        try:
            release_earlier_day(clock, actor=actor)
        except NotAllowed:
            raise BadInput("only the head of the office that handles the case may release a day.") from None
        except RecordChanged:
            raise BadInput("no earlier day waits here, or the calendar has changed since.") from None
    click.echo(f"The clock ends on {clock.due_on}. The party must now be told.")


@contextmanager
def _app() -> Iterator[None]:
    try:
        with opened_app():
            yield
    except CalendarBroken as broken:
        raise BadInput(f"{broken}.") from None


def _days(stored: bool, file: str | None) -> list[DayOff]:
    if stored:
        from ombudsman_app.core.workflow.models import stored_days

        with _app():
            return stored_days()
    try:
        return read_file(Path(file) if file else SHIPPED)
    except CalendarBroken as broken:
        raise BadInput(f"{broken}.") from None
    except (OSError, ValueError):
        raise BadInput(f"the holiday file {file!r} cannot be read.") from None
