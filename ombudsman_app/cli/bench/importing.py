"""`ombudsman bench import`: a whole import of employers beside the least that it can cost."""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import click

from ombudsman_app.cli.lines import BadInput, Plain

MOST = 190_000


@click.command(name="import", cls=Plain)
@click.option("--rows", default=100_000, show_default=True, type=click.IntRange(100, MOST), help="How many.")
@click.option(
    "--database-url", default="", help="A server with {name} for the database; else SQLite in a new folder."
)
@click.option("--json", "is_json", is_flag=True, help="One JSON object instead of the table.")
def import_list(*, rows: int, database_url: str, is_json: bool) -> None:
    """Bring a list of so many rows with 15 columns, half of it known; exit 1 when a goal is missed.

    In a house of its own that is gone afterwards. The floor reads the same file by the same library, copies
    it into a table and puts it over another that knows half of it, in one statement.
    """
    from .import_run import measure
    from .serving import WrongAnswer
    from .table import import_table

    try:
        result = _measured(measure, rows, database_url)
    except WrongAnswer as refused:
        raise BadInput(str(refused)) from None
    click.echo(json.dumps(result) if is_json else import_table(result))
    if result["missed"]:
        sys.exit(1)


def _measured(measure: Any, rows: int, database_url: str) -> dict[str, Any]:
    from .scratch import scratch

    with (
        tempfile.TemporaryDirectory(prefix="import") as place,
        scratch(Path(place) / "house", database_url) as environ,
    ):
        found: dict[str, Any] = measure(rows, environ, Path(place))
        return found
