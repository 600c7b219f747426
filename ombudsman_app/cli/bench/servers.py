"""`ombudsman bench servers`: single-threaded processes against threads, with our own pages."""

import json

import click
from sqlalchemy.exc import OperationalError, ProgrammingError

from ombudsman_app.cli.lines import BadInput, Plain
from ombudsman_app.core.errors import UnsafeSettings

from .serving import WrongAnswer


@click.command(cls=Plain)
@click.option("--office", default="MAM", show_default=True, help="Code of the office whose queue is read.")
@click.option("--requests", default=1_200, show_default=True, type=click.IntRange(1, 1_000_000))
@click.option("--rounds", default=8, show_default=True, type=click.IntRange(1, 100))
@click.option("--json", "is_json", is_flag=True, help="JSON instead of the table.")
@click.option("--really", metavar="DATABASE", default="", help="In production: the name of the database.")
def servers(*, office: str, requests: int, rounds: int, is_json: bool, really: str) -> None:
    """Compare kinds of web processes under eight clients, on the configured database."""
    from ombudsman_app.cli.opened import opened_app

    from .kinds import compare
    from .production import refuse_in_production
    from .table import kinds_table

    try:
        with opened_app():
            refuse_in_production(really)
        found = compare(office.strip().upper(), requests=requests, rounds=rounds, tell=_tell)
    except (UnsafeSettings, WrongAnswer) as refused:
        raise BadInput(str(refused)) from None
    except LookupError:
        raise BadInput(f"no case is open at {office!r}: `ombudsman bench seed` first?") from None
    except (OperationalError, ProgrammingError):
        raise BadInput("the database is not ready: run `ombudsman db upgrade` first") from None
    click.echo("", err=True)
    click.echo(json.dumps(found) if is_json else kinds_table(found))


def _tell(word: str) -> None:
    click.echo(f"\r{word:<60}", err=True, nl=False)
