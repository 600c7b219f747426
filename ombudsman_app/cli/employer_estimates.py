"""`ombudsman employers estimate`: count what was not paid, step by step. No database, no web application."""

import json
from typing import Any

import click

from ombudsman_app.employers.estimates.estimate import estimate as counted
from ombudsman_app.employers.estimates.fields import EstimateType
from ombudsman_app.employers.estimates.problems import EstimateRefused
from ombudsman_app.employers.estimates.schema import schema_of

from .lines import BadInput, Plain, objects_in, print_line


@click.command(cls=Plain)
@click.argument("file", required=False, metavar="[FILE]")
@click.option(
    "--schema", metavar="TYPE", help=f"Print what an input holds, with examples: {', '.join(EstimateType)}."
)
def estimate(file: str | None, *, schema: str | None) -> None:
    """Estimate the unpaid contributions in FILE (`-`: JSON lines), and print JSON.

    FILE holds objects with type and the keys that --schema TYPE shows. Money is whole rupiah.
    """
    if (file is None) == (schema is None):
        raise BadInput("give a file, or --schema with a type.")
    if schema is not None:
        _print_schema(schema)
        return
    # All are counted before the first answer, so that bad input leaves nothing half done.
    answers = [_estimated(place, held) for place, held in objects_in(file or "-")]
    for answer in answers:
        print_line(answer)


def _print_schema(name: str) -> None:
    if name not in tuple(EstimateType):
        raise BadInput(f"there is no type {name[:40]!r}; known are {', '.join(EstimateType)}.")
    click.echo(json.dumps(schema_of(EstimateType(name)), indent=2))


def _estimated(place: str, held: dict[str, Any]) -> dict[str, Any]:
    try:
        return counted(held).as_json()
    except EstimateRefused as refused:
        more = len(refused.problems) - 1
        sentence = refused.problems[0].sentence + (f" (and {more} more)" if more else "")
        raise BadInput(f"{place}{sentence}.") from None
