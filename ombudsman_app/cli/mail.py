"""`ombudsman mail …`: what the mail server of the house hands over to us."""

import sys

import click

from .opened import opened_app

TRY_AGAIN = 75  # EX_TEMPFAIL: the mail server keeps the report and comes again


@click.group()
def mail() -> None:
    """Mail that comes back."""


@mail.command()
def bounced() -> None:
    """Read one mail on standard input; if it reports that one of ours was not delivered, mark that one.

    For an alias of the mail server. Other mail is passed over. Exit 75 asks to hand it over again later.
    """
    from sqlalchemy.exc import SQLAlchemyError

    from ombudsman_app.notifications.commands import note_came_back
    from ombudsman_app.notifications.reports import REPORT_BYTES, read_report

    report = read_report(sys.stdin.buffer.read(REPORT_BYTES))
    if report is None:
        click.echo("No report of a failure: passed over.")
        return
    try:
        with opened_app():
            is_ours = note_came_back(report)
    except SQLAlchemyError:
        click.echo("The database is away.", err=True)
        raise SystemExit(TRY_AGAIN) from None
    click.echo("Marked." if is_ours else "None of our messages: passed over.")
