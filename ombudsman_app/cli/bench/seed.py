"""`ombudsman bench seed`: plausible complaints in bulk."""

import sys
from collections.abc import Iterator

import click
from sqlalchemy.exc import OperationalError, ProgrammingError

from ombudsman_app.cli.lines import BadInput, Plain
from ombudsman_app.core.clock import monotonic
from ombudsman_app.core.errors import UnsafeSettings

MOST = 2_000_000
STOPPED = 130  # as a shell reports Ctrl-C


@click.command(cls=Plain)
@click.option("--complaints", required=True, type=click.IntRange(1, MOST), help="How many to add.")
@click.option("--office", default="MAM", show_default=True, help="Code of the office that gets 60 % of them.")
@click.option("--spread", "is_spread", is_flag=True, help="Spread them over all offices instead.")
@click.option("--seed-number", default=1, show_default=True, type=click.IntRange(0, 2**31 - 1))
@click.option("--really", metavar="DATABASE", default="", help="In production: the name of the database.")
def seed(complaints: int, office: str, is_spread: bool, seed_number: int, really: str) -> None:
    """Add invented complaints (BENCH): two years of them, in every state, most of them open.

    Running it again adds more. Ctrl-C leaves what was stored so far.
    """
    from ombudsman_app.cli.opened import opened_app

    from .filling import Plan, analyze, fill
    from .production import refuse_in_production

    plan = Plan(complaints, office.strip().upper(), is_spread, seed_number)
    try:
        with opened_app():
            refuse_in_production(really)
            _tell(complaints, fill(plan))
            analyze()
    except UnsafeSettings as refused:
        raise BadInput(str(refused)) from None
    except LookupError:
        raise BadInput(
            f"there is no representative office {plan.office!r} with offices to complain about: "
            "run `ombudsman seed reference` first, or name another by --office"
        ) from None
    except (OperationalError, ProgrammingError):
        raise BadInput("the database is not ready: run `ombudsman db upgrade` first") from None


def _tell(wanted: int, stored: Iterator[int]) -> None:
    """Say after each batch how far it is and how fast; on Ctrl-C what is there."""
    began, done = monotonic(), 0
    try:
        for done in stored:
            pace = done / max(monotonic() - began, 0.001)
            click.echo(f"\r{done:,} of {wanted:,} complaints, {pace:,.0f} a second", err=True, nl=False)
    except KeyboardInterrupt:
        click.echo(f"\nStopped: {done:,} complaints were added.", err=True)
        sys.exit(STOPPED)
    click.echo("", err=True)
    click.echo(f"{done} complaints added (BENCH).")
