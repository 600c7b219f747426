"""`ombudsman bench render`: what drawing papers costs, and what the pages feel of it."""

import json
import sys

import click
from sqlalchemy.exc import OperationalError, ProgrammingError

from ombudsman_app.cli.lines import BadInput, Plain
from ombudsman_app.core.children import ChildFailed
from ombudsman_app.core.errors import UnsafeSettings

from .serving import WrongAnswer


@click.command(cls=Plain)
@click.option("--office", default="MAM", show_default=True, help="Code of the office whose queue is read.")
@click.option(
    "--requests", default=200, show_default=True, type=click.IntRange(1, 1_000_000), help="Of the queue."
)
@click.option("--papers", default=20, show_default=True, type=click.IntRange(1, 10_000))
@click.option("--rounds", default=5, show_default=True, type=click.IntRange(1, 100))
@click.option("--json", "is_json", is_flag=True, help="One JSON object instead of the table.")
@click.option("--really", metavar="DATABASE", default="", help="In production: the name of the database.")
def render(*, office: str, requests: int, papers: int, rounds: int, is_json: bool, really: str) -> None:
    """Draw posters beside WeasyPrint alone, and read the queue meanwhile; exit 1 when a goal is missed."""
    from .drawing import run
    from .table import render_table

    try:
        result = run(office.strip().upper(), requests, papers, rounds, really=really, tell=_tell)
    except (UnsafeSettings, WrongAnswer) as refused:
        raise BadInput(str(refused)) from None
    except ChildFailed as failed:
        raise BadInput(f"the paper could not be drawn: {failed.code} {failed.detail}") from None
    except LookupError:
        raise BadInput(f"no case is open at {office!r}: `ombudsman bench seed` first?") from None
    except (OperationalError, ProgrammingError):
        raise BadInput("the database is not ready: run `ombudsman db upgrade` first") from None
    click.echo("", err=True)
    click.echo(json.dumps(result) if is_json else render_table(result))
    if result["missed"]:
        sys.exit(1)


def _tell(word: str) -> None:
    click.echo(f"\r{word:<60}", err=True, nl=False)
