"""`ombudsman bench letters`: what drawing letters costs beside WeasyPrint alone. Needs no database."""

import json
import sys

import click

from ombudsman_app.cli.lines import BadInput, Plain
from ombudsman_app.core.children import ChildFailed

from .serving import WrongAnswer


@click.command(cls=Plain)
@click.option("--rounds", default=3, show_default=True, type=click.IntRange(1, 1_000), help="Of all kinds.")
@click.option("--json", "is_json", is_flag=True, help="One JSON object instead of the table.")
def letters(*, rounds: int, is_json: bool) -> None:
    """Draw nine kinds of letters, short and long, both ways by turns; exit 1 when a goal is missed."""
    from .letter_drawing import run
    from .table import letters_table

    try:
        result = run(rounds, tell=lambda word: click.echo(f"\r{word:<60}", err=True, nl=False))
    except WrongAnswer as refused:
        raise BadInput(str(refused)) from None
    except ChildFailed as failed:
        raise BadInput(f"the letter could not be drawn: {failed.code} {failed.detail}") from None
    click.echo("", err=True)
    click.echo(json.dumps(result) if is_json else letters_table(result))
    if result["missed"]:
        sys.exit(1)
